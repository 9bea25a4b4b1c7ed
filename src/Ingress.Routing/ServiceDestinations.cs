using System.Net;

namespace Ingress.Routing;

/// <summary>Where the requests for one Service port can be sent. Immutable.</summary>
public sealed class ServiceDestinations
{
    internal ServiceDestinations(
        ServiceReference service, DestinationStatus status, string? appProtocol, IReadOnlyList<IPEndPoint> ready, IPEndPoint? serviceAddress = null,
        DnsEndPoint? externalHost = null)
    {
        Service = service;
        Status = status;
        AppProtocol = appProtocol;
        Ready = ready;
        ServiceAddress = serviceAddress;
        ExternalHost = externalHost;
    }

    /// <summary>The Service port.</summary>
    public ServiceReference Service { get; }

    /// <summary>Whether there is a destination, and if not, why.</summary>
    public DestinationStatus Status { get; }

    /// <summary>The <c>appProtocol</c> of the Service port, or else of its slices, for instance <c>kubernetes.io/h2c</c>; null when none says any.</summary>
    public string? AppProtocol { get; }

    /// <summary>All ready endpoints, each once, ordered by address and port as text.</summary>
    public IReadOnlyList<IPEndPoint> Ready { get; }

    /// <summary>The address and port of the Service itself, behind which the cluster balances; null when it has none.</summary>
    public IPEndPoint? ServiceAddress { get; }

    /// <summary>
    /// The host and port that a Service of type <c>ExternalName</c> names; null for any other, and where the name leads to the machine of the
    /// gateway or its surroundings. No request is sent there unless the application decides so (semantics 13.2).
    /// </summary>
    public DnsEndPoint? ExternalHost { get; }
}

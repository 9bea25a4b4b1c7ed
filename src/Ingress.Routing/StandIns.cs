using System.Collections.Immutable;

namespace Ingress.Routing;

/// <summary>What answers where the objects of the cluster lead nowhere: for Services without ready endpoints, and for hosts without a certificate.</summary>
/// <remarks>
/// An immutable value. It changes no route and no certificate; the host application does the answering. The compiler only needs to know, so that
/// diagnostics say what really happens.
/// </remarks>
public sealed record StandIns
{
    /// <summary>Nothing stands in: such requests are answered with 503, and such handshakes refused.</summary>
    public static StandIns None { get; } = new();

    /// <summary>Who answers for some Service ports, in words that end the sentence "its requests are answered by ...".</summary>
    public ImmutableDictionary<ServiceReference, string> Services { get; init; } = ImmutableDictionary<ServiceReference, string>.Empty;

    /// <summary>Who answers for Services of type <c>ExternalName</c> whose name can be used; null when nothing does.</summary>
    public string? ExternalNames { get; init; }

    /// <summary>Who answers for all other Service ports; null when nothing does.</summary>
    public string? OtherServices { get; init; }

    /// <summary>What answers handshakes for routed hosts that no certificate covers; null when they are refused.</summary>
    public string? Certificates { get; init; }

    /// <summary>Who answers for a Service port without ready endpoints; null when nothing does.</summary>
    /// <param name="service">The Service port, as a route names it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="service"/> is null.</exception>
    public string? Find(ServiceReference service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return Services.GetValueOrDefault(service, OtherServices!);
    }

    /// <summary>Who answers in place of the endpoints of a Service port; null when nothing does.</summary>
    internal string? Find(ServiceDestinations destinations)
        => destinations.ExternalHost is not null && ExternalNames is not null && !Services.ContainsKey(destinations.Service) ? ExternalNames : Find(destinations.Service);
}

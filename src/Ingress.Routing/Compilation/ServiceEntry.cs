using System.Net;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>One Service with its slices; each port is resolved once (semantics 13).</summary>
/// <remarks>Thread-safe. An entry that a change leaves alone is kept, and with it the destinations.</remarks>
internal sealed class ServiceEntry(
    ServiceResource? service, IReadOnlyList<EndpointSliceResource> slices, EndpointsResource? endpoints, bool allowLoopback)
{
    private readonly IReadOnlyList<EndpointSliceResource> _allSlices = [.. slices, .. MirroredEndpoints.SlicesFor(service, endpoints)];

    private readonly Lock _resolving = new();
    private volatile ServiceDestinations[] _resolved = [];

    public ServiceResource? Service { get; } = service;

    /// <summary>The slices that were given for the Service.</summary>
    public IReadOnlyList<EndpointSliceResource> Slices { get; } = slices;

    /// <summary>The Endpoints object of the Service, which gives further slices where a cluster would mirror it.</summary>
    public EndpointsResource? Endpoints { get; } = endpoints;

    /// <summary>Where the requests for a port of this Service go.</summary>
    public ServiceDestinations Resolve(ServiceReference reference)
    {
        var resolved = _resolved;
        foreach (var known in resolved)
        {
            if (known.Service.Port == reference.Port)
            {
                return known;
            }
        }

        lock (_resolving)
        {
            if (!ReferenceEquals(resolved, _resolved))
            {
                return Resolve(reference);
            }

            var destinations = Find(reference);
            _resolved = [.. resolved, destinations];
            return destinations;
        }
    }

    /// <summary>Whether the same can be said of both: each port has somewhere to send requests to, or has not.</summary>
    public bool IsServedLike(ServiceEntry other)
        => ReferenceEquals(Service, other.Service)
            && (Service?.Ports ?? []).All(port => UsableEndpoints(port).Any() == other.UsableEndpoints(port).Any());

    public static ServiceDestinations Nowhere(ServiceReference reference, DestinationStatus status) => new(reference, status, null, []);

    private ServiceDestinations Find(ServiceReference reference)
    {
        if (Service is null)
        {
            return Nowhere(reference, DestinationStatus.ServiceNotFound);
        }

        // A way to reach arbitrary hosts through the gateway (semantics 13.2, GHSA-5ph6-qq5x-7jwc).
        if (Service.Type == ServiceResource.ExternalNameType)
        {
            return new(reference, DestinationStatus.ExternalName, null, [], externalHost: ExternalHost.Of(Service, reference.Port));
        }

        var port = Service.Ports.FirstOrDefault(port => IsTcp(port.Protocol) && IsMeant(port, reference.Port));
        if (port is null)
        {
            return Nowhere(reference, DestinationStatus.PortNotFound);
        }

        var ready = UsableEndpoints(port).Distinct()
            .OrderBy(static endpoint => endpoint.ToString(), StringComparer.Ordinal)
            .ToList();
        return new ServiceDestinations(
            reference,
            ready.Count > 0 ? DestinationStatus.Ready : DestinationStatus.NoReadyEndpoints,
            port.AppProtocol ?? AppProtocolOf(_allSlices, port),
            ready,
            AddressOf(Service, port, allowLoopback));
    }

    // Held to the same rule as endpoints: a manifest must not lead the gateway to itself.
    private static IPEndPoint? AddressOf(ServiceResource service, ServicePort port, bool allowLoopback)
        => port.Port is >= 1 and <= 65535 && DestinationAddress.TryParse(service.ClusterIP ?? "", allowLoopback, out var address, out _)
            ? new IPEndPoint(address, port.Port)
            : null;

    // While none is ready, those on their way out that still serve take the requests, as with kube-proxy (semantics 13.2). Nil means ready,
    // serving and not terminating.
    private IEnumerable<IPEndPoint> UsableEndpoints(ServicePort port)
    {
        // With two families each Pod is there twice, and would be sent twice its share (semantics 13.2).
        if (Service is { IPFamilies: [var first, _, ..] })
        {
            var ofFirst = UsableEndpoints(port, [.. _allSlices.Where(slice => slice.AddressType is null || slice.AddressType == first)]);
            if (ofFirst.Any())
            {
                return ofFirst;
            }
        }

        return UsableEndpoints(port, _allSlices);
    }

    private IEnumerable<IPEndPoint> UsableEndpoints(ServicePort port, IReadOnlyList<EndpointSliceResource> slices)
    {
        var ready = EndpointsOf(slices, port, static endpoint => endpoint.Ready ?? true);
        return ready.Any() ? ready : EndpointsOf(slices, port, static endpoint => endpoint is { Terminating: true, Serving: not false });
    }

    private IEnumerable<IPEndPoint> EndpointsOf(IReadOnlyList<EndpointSliceResource> slices, ServicePort port, Func<EndpointSliceEndpoint, bool> isWanted)
        => slices.SelectMany(slice => EndpointsOf(slice, port, isWanted));

    private IEnumerable<IPEndPoint> EndpointsOf(EndpointSliceResource slice, ServicePort port, Func<EndpointSliceEndpoint, bool> isWanted)
    {
        var number = slice.Ports.FirstOrDefault(other => IsSamePort(other, port))?.Port;
        if (number is not (>= 1 and <= 65535))
        {
            yield break;
        }

        // All addresses of one endpoint reach the same process.
        foreach (var endpoint in slice.Endpoints.Where(isWanted))
        {
            if (endpoint.Addresses.Count > 0 && DestinationAddress.TryParse(endpoint.Addresses[0], allowLoopback, out var address, out _))
            {
                yield return new IPEndPoint(address, number.Value);
            }
        }
    }

    // By Service port number or name, never by target port (semantics 13.1). Names are case-sensitive.
    private static bool IsMeant(ServicePort port, ServiceBackendPort wanted)
        => wanted == ServiceBackendPort.First || (string.IsNullOrEmpty(wanted.Name) ? port.Port == wanted.Number : port.Name == wanted.Name);

    // The ports of slices carry the name of the Service port (semantics 13.2); an absent name is the empty one.
    private static bool IsSamePort(EndpointSlicePort slicePort, ServicePort port)
        => IsTcp(slicePort.Protocol) && (slicePort.Name ?? "") == (port.Name ?? "");

    // Slices that disagree are decided by text, so that their order cannot matter (semantics 5.9).
    private static string? AppProtocolOf(IEnumerable<EndpointSliceResource> slices, ServicePort port) => slices
        .SelectMany(static slice => slice.Ports)
        .Where(other => IsSamePort(other, port))
        .Select(static other => other.AppProtocol)
        .Where(static protocol => protocol is not null)
        .Min(StringComparer.Ordinal);

    private static bool IsTcp(string? protocol) => protocol is null or "" or "TCP";
}

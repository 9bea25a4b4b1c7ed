using System.Collections.Frozen;
using System.Net;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Finds the destinations of Service ports (semantics 13).</summary>
internal sealed class ServiceDirectory
{
    public static readonly ServiceDirectory Empty = new(ClusterSnapshot.Empty, RouteTableOptions.Default, []);

    private readonly Dictionary<NamespacedName, ServiceResource> _services;
    private readonly ILookup<NamespacedName, EndpointSliceResource> _slices;
    private readonly bool _allowLoopback;
    private readonly FrozenDictionary<ServiceReference, ServiceDestinations> _resolved;

    /// <param name="referenced">The Service ports that routes refer to; they are resolved once, here.</param>
    public ServiceDirectory(ClusterSnapshot snapshot, RouteTableOptions options, IEnumerable<ServiceReference> referenced)
    {
        _allowLoopback = options.AllowLoopbackDestinations;
        _services = snapshot.Services.ToDictionary(static service => service.Name);
        _slices = snapshot.EndpointSlices
            .Where(static slice => slice.ServiceName is not null)
            .ToLookup(static slice => new NamespacedName(slice.Name.Namespace, slice.ServiceName));
        _resolved = referenced.Distinct().ToFrozenDictionary(static service => service, Resolve);
    }

    /// <summary>Where the requests for a Service port go.</summary>
    public ServiceDestinations Find(ServiceReference service) => _resolved.TryGetValue(service, out var known) ? known : Resolve(service);

    private ServiceDestinations Resolve(ServiceReference reference)
    {
        if (!_services.TryGetValue(reference.Name, out var service))
        {
            return Nowhere(reference, DestinationStatus.ServiceNotFound);
        }

        // A way to reach arbitrary hosts through the gateway (semantics 13.2, GHSA-5ph6-qq5x-7jwc).
        if (service.Type == ServiceResource.ExternalNameType)
        {
            return Nowhere(reference, DestinationStatus.ExternalName);
        }

        var port = service.Ports.FirstOrDefault(port => IsTcp(port.Protocol) && IsMeant(port, reference.Port));
        if (port is null)
        {
            return Nowhere(reference, DestinationStatus.PortNotFound);
        }

        var slices = _slices[reference.Name];
        var ready = slices.SelectMany(slice => ReadyEndpoints(slice, port)).Distinct()
            .OrderBy(static endpoint => endpoint.ToString(), StringComparer.Ordinal)
            .ToList();
        return new ServiceDestinations(
            reference,
            ready.Count > 0 ? DestinationStatus.Ready : DestinationStatus.NoReadyEndpoints,
            port.AppProtocol ?? AppProtocolOf(slices, port),
            ready);
    }

    private IEnumerable<IPEndPoint> ReadyEndpoints(EndpointSliceResource slice, ServicePort port)
    {
        var number = slice.Ports.FirstOrDefault(other => IsSamePort(other, port))?.Port;
        if (number is not (>= 1 and <= 65535))
        {
            yield break;
        }

        // A nil 'ready' means ready (semantics 13.2). All addresses of one endpoint reach the same process.
        foreach (var endpoint in slice.Endpoints.Where(static endpoint => endpoint.Ready ?? true))
        {
            if (endpoint.Addresses.Count > 0 && DestinationAddress.TryParse(endpoint.Addresses[0], _allowLoopback, out var address, out _))
            {
                yield return new IPEndPoint(address, number.Value);
            }
        }
    }

    // By Service port number or name, never by target port (semantics 13.1). Names are case-sensitive.
    private static bool IsMeant(ServicePort port, ServiceBackendPort wanted)
        => string.IsNullOrEmpty(wanted.Name) ? port.Port == wanted.Number : port.Name == wanted.Name;

    // The ports of slices carry the name of the Service port (semantics 13.2); an absent name is the empty one.
    private static bool IsSamePort(EndpointSlicePort slicePort, ServicePort port)
        => IsTcp(slicePort.Protocol) && (slicePort.Name ?? "") == (port.Name ?? "");

    // Slices that disagree are settled by text, so that their order cannot matter (semantics 5.9).
    private static string? AppProtocolOf(IEnumerable<EndpointSliceResource> slices, ServicePort port) => slices
        .SelectMany(static slice => slice.Ports)
        .Where(other => IsSamePort(other, port))
        .Select(static other => other.AppProtocol)
        .Where(static protocol => protocol is not null)
        .Min(StringComparer.Ordinal);

    private static bool IsTcp(string? protocol) => protocol is null or "" or "TCP";

    private static ServiceDestinations Nowhere(ServiceReference reference, DestinationStatus status) => new(reference, status, null, []);
}

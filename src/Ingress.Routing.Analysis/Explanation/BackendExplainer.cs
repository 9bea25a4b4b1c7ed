using System.Globalization;
using System.Net;
using Ingress.Routing.Compilation;
using Ingress.Routing.Model;

namespace Ingress.Routing.Explanation;

/// <summary>Says where the requests of a route can be sent, or what is missing (semantics 13).</summary>
internal static class BackendExplainer
{
    /// <param name="shares">How requests like the one in question are shared among several Services; empty when there is one backend.</param>
    public static BackendExplanation Explain(IngressRoute route, IReadOnlyList<BackendShare> shares, IngressRouteTable table)
    {
        if (shares.Count > 0)
        {
            var largest = shares.MaxBy(static share => share.Share);
            return ExplainService(largest.Service, table, LocationOf(route, largest, table));
        }

        var location = route.Source.LocationOf("backend");
        return route.Service is { } service
            ? ExplainService(service, table, location)
            : ExplainResource(route.Resource!, table.Options, location);
    }

    private static SourceLocation? LocationOf(IngressRoute route, BackendShare share, IngressRouteTable table)
        => share.IsCanary && route.Split?.Canary is { } canary
            ? table.Objects.Ingresses.Find(canary.Source)?.Origin?.Locate($"{canary.Field}.backend")
            : route.Source.LocationOf("backend");

    private static BackendExplanation ExplainResource(
        TypedLocalObjectReference resource, RouteTableOptions options, SourceLocation? location)
    {
        var kind = new ResourceKind(resource.ApiGroup, resource.Kind!);
        var isServed = options.ResourceKinds.Contains(kind);
        return new()
        {
            Resource = resource,
            Location = location,
            IsServed = isServed,
            Message = isServed
                ? $"The host application serves resources of kind '{kind}'."
                : $"Nothing here serves resources of kind '{kind}'; the answer is 503.",
        };
    }

    private static BackendExplanation ExplainService(ServiceReference reference, IngressRouteTable table, SourceLocation? location)
    {
        var destinations = table.GetDestinations(reference);
        var service = table.Objects.Services.Find(reference.Name);
        var index = service?.Ports.ToList().FindIndex(port => IsMeant(port, reference.Port)) ?? -1;
        var endpoints = service is null || index < 0
            ? []
            : EndpointsOf(service, service.Ports[index], destinations, table).ToList();
        return new()
        {
            Service = reference,
            Status = destinations.Status,
            AppProtocol = destinations.AppProtocol,
            Endpoints = endpoints,
            ServiceLocation = service?.Origin?.Locate(index < 0 ? "spec.ports" : $"spec.ports[{Number(index)}]"),
            Location = location,
            IsServed = destinations.Status == DestinationStatus.Ready,
            Message = MessageOf(destinations, service, endpoints),
        };
    }

    private static string MessageOf(ServiceDestinations destinations, ServiceResource? service, List<EndpointExplanation> endpoints)
    {
        var (name, port) = (destinations.Service.Name, destinations.Service.Port);
        return destinations.Status switch
        {
            DestinationStatus.Ready => $"{Count(destinations.Ready.Count)} ready behind port {port} of Service '{name}'.",
            DestinationStatus.ServiceNotFound => $"There is no Service '{name}'; the answer is 503.",
            DestinationStatus.PortNotFound => $"Service '{name}' has no TCP port {port}, only {PortsOf(service)}; the answer is 503.",
            DestinationStatus.ExternalName
                => $"Service '{name}' is of type ExternalName, which is refused; the answer is 503.",
            _ when endpoints.Count == 0 => $"Service '{name}' has no endpoints; the answer is 503.",
            _ => $"No endpoint of Service '{name}' can take requests for port {port}, of {Number(endpoints.Count)}; the answer is 503.",
        };
    }

    private static IEnumerable<EndpointExplanation> EndpointsOf(
        ServiceResource service, ServicePort port, ServiceDestinations destinations, IngressRouteTable table)
    {
        var slices = table.Objects.EndpointSlices.UsableIn(service.Name.Namespace)
            .Where(slice => slice.ServiceName == service.Name.Name)
            .OrderBy(static slice => slice.Name.Name, StringComparer.Ordinal)
            .Concat(MirroredEndpoints.SlicesFor(service, table.Objects.Endpoints.Find(service.Name)));
        foreach (var slice in slices)
        {
            var number = slice.Ports.FirstOrDefault(other => IsTcp(other.Protocol) && (other.Name ?? "") == (port.Name ?? ""))?.Port;
            foreach (var (i, endpoint) in slice.Endpoints.Index())
            {
                var address = endpoint.Addresses.Count > 0 ? endpoint.Addresses[0] : "";
                yield return new()
                {
                    Slice = slice.Name,
                    Address = address,
                    Port = number,
                    Outcome = OutcomeOf(endpoint, address, number, destinations),
                    Location = slice.Origin?.Locate($"endpoints[{Number(i)}]"),
                };
            }
        }
    }

    private static EndpointOutcome OutcomeOf(EndpointSliceEndpoint endpoint, string address, int? port, ServiceDestinations destinations)
        => endpoint.Ready == false && !(endpoint is { Terminating: true, Serving: not false } && IsUsed(address, port, destinations)) ? EndpointOutcome.NotReady
            : port is not (>= 1 and <= 65535) ? EndpointOutcome.PortMissing
            : !IsUsed(address, port, destinations) ? EndpointOutcome.AddressRefused
            : endpoint.Ready == false ? EndpointOutcome.Terminating
            : EndpointOutcome.Ready;

    private static bool IsUsed(string address, int? port, ServiceDestinations destinations)
        => destinations.Ready.Any(ready => ready.Port == port && IsSame(ready.Address, address));

    private static bool IsSame(IPAddress ready, string address)
        => IPAddress.TryParse(address, out var parsed) && ready.Equals(parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed);

    // By number or by name, never by target port (semantics 13.1).
    private static bool IsMeant(ServicePort port, ServiceBackendPort wanted)
        => IsTcp(port.Protocol) && (string.IsNullOrEmpty(wanted.Name) ? port.Port == wanted.Number : port.Name == wanted.Name);

    private static bool IsTcp(string? protocol) => protocol is null or "" or "TCP";

    private static string PortsOf(ServiceResource? service)
        => service is { Ports.Count: > 0 } ? string.Join(", ", service.Ports.Select(NameOf)) : "none";

    private static string NameOf(ServicePort port) => Number(port.Port) + (string.IsNullOrEmpty(port.Name) ? "" : $" ({port.Name})");

    private static string Count(int endpoints) => endpoints == 1 ? "1 endpoint is" : $"{Number(endpoints)} endpoints are";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

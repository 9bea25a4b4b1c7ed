using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Keeps the endpoint of each route for as long as the route exists.</summary>
internal sealed class IngressEndpointCache(IEnumerable<IIngressEndpointConvention> conventions, PolicyChain policies)
{
    private readonly IIngressEndpointConvention[] _conventions = [.. conventions];

    // Keyed by the route itself, so that a route that survives into the next table keeps its endpoint and one that does not takes its
    // endpoint along. Found without a lock.
    private readonly ConditionalWeakTable<IngressRoute, Endpoint> _endpoints = [];

    public Endpoint Get(IngressRoute route, IngressRouteTable table)
        => _endpoints.TryGetValue(route, out var endpoint) ? endpoint : _endpoints.GetOrAdd(route, Create(route, table));

    private Endpoint Create(IngressRoute route, IngressRouteTable table)
    {
        var context = new IngressEndpointContext(route, table);
        foreach (var convention in _conventions)
        {
            convention.Apply(context);
        }

        return new Endpoint(
            policies.Build(context, context.RequestDelegate ?? IngressEndpointContext.Unavailable),
            new EndpointMetadataCollection(context.Metadata),
            displayName: route.Id);
    }
}

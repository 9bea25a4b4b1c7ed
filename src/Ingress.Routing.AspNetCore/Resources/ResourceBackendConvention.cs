using System.Collections.Frozen;

namespace Ingress.Routing.AspNetCore.Resources;

/// <summary>Serves the routes whose backend is a resource of a registered kind.</summary>
internal sealed class ResourceBackendConvention(IEnumerable<ResourceBackend> backends, IServiceProvider services) : IIngressEndpointConvention
{
    private readonly FrozenDictionary<ResourceKind, ResourceBackend> _backends = backends
        .GroupBy(static backend => backend.Kind)
        .ToFrozenDictionary(static group => group.Key, static group => group.Last());

    public void Apply(IngressEndpointContext endpoint)
    {
        if (endpoint.Route.Resource is { Kind: { } kind } resource
            && _backends.TryGetValue(new ResourceKind(resource.ApiGroup, kind), out var backend))
        {
            endpoint.RequestDelegate ??= backend.Factory(services, endpoint.Route);
        }
    }
}

using Ingress.Routing.AspNetCore;
using Ingress.Routing.Forwarding.Backends;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.Forwarding;

/// <summary>Lets the routes to Services forward.</summary>
internal sealed class ForwardingConvention(
    ServiceClusters clusters, RouteModelFactory models, RouteForwarderFactory forwarders, NetworkClients clients,
    IOptions<IngressForwardingOptions> options) : IIngressEndpointConvention
{
    public void Apply(IngressEndpointContext endpoint)
    {
        // An earlier convention may serve the route in its own way.
        if (endpoint.Route.Service is not { } service || endpoint.RequestDelegate is not null)
        {
            return;
        }

        var plan = BackendPlan.Of(endpoint.Route, clients, options.Value);
        endpoint.Metadata.Add(models.Create(endpoint.Route, clusters.Get(service, endpoint.Table), plan is not null));
        endpoint.RequestDelegate = forwarders.Create(endpoint.Route, plan).InvokeAsync;
    }
}

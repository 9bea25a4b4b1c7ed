using Ingress.Routing.AspNetCore;

namespace Ingress.Routing.Forwarding;

/// <summary>Lets the routes to Services forward.</summary>
internal sealed class ForwardingConvention(ServiceClusters clusters, RouteModelFactory models, RouteForwarderFactory forwarders) : IIngressEndpointConvention
{
    public void Apply(IngressEndpointContext endpoint)
    {
        // An earlier convention may serve the route in its own way.
        if (endpoint.Route.Service is not { } service || endpoint.RequestDelegate is not null)
        {
            return;
        }

        endpoint.Metadata.Add(models.Create(endpoint.Route, clusters.Get(service, endpoint.Table)));
        endpoint.RequestDelegate = forwarders.Create(endpoint.Route).InvokeAsync;
    }
}

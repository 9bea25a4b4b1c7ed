using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Model;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Ingress.Routing.Forwarding;

/// <summary>Presents routes to YARP.</summary>
internal sealed class RouteModelFactory(ITransformBuilder transforms, IOptions<IngressForwardingOptions> options)
{
    // What tells the routes of Ingresses from those that the host application may have in YARP's own configuration.
    private static readonly Dictionary<string, string> s_metadata = new() { ["Ingress.Routing"] = "true" };
    private static readonly Dictionary<string, string> s_metadataWithPolicies = new() { ["Ingress.Routing"] = "policies" };

    private readonly long _maxRequestBodySize = options.Value.MaxRequestBodySize ?? -1; // YARP's way to say no limit

    public static bool IsIngressRoute(RouteConfig route) => ReferenceEquals(route.Metadata, s_metadata) || HasBackendPolicies(route);

    /// <summary>Whether policies of the route say something about its backend.</summary>
    public static bool HasBackendPolicies(RouteConfig route) => ReferenceEquals(route.Metadata, s_metadataWithPolicies);

    /// <summary>Binds a route to a cluster.</summary>
    public RouteModel Create(IngressRoute route, ServiceCluster cluster, bool hasBackendPolicies)
    {
        var config = new RouteConfig
        {
            RouteId = route.Id,
            ClusterId = cluster.State.ClusterId,
            Match = new RouteMatch(),
            MaxRequestBodySize = _maxRequestBodySize,
            Metadata = hasBackendPolicies ? s_metadataWithPolicies : s_metadata,
        };

        // A hand-made transformer would lose what others add, the cookie of session affinity for one.
        return new RouteModel(config, cluster.State, transforms.Build(config, cluster.State.Model.Config));
    }
}

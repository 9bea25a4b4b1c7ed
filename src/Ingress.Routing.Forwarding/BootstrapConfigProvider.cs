using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;

namespace Ingress.Routing.Forwarding;

/// <summary>Gives YARP one route of its own, whose endpoint lends its pipeline to ours.</summary>
/// <remarks>It has no cluster, so that it serves no request.</remarks>
internal sealed class BootstrapConfigProvider : IProxyConfigProvider
{
    public const string RouteId = "ingress-routing-bootstrap";

    private static readonly Config s_config = new();

    public IProxyConfig GetConfig() => s_config;

    private sealed class Config : IProxyConfig
    {
        // RFC 6761 sets the domain aside as one that never exists. Only a host application that maps YARP itself makes it reachable, by
        // those who make up a Host; they are answered with 503.
        public IReadOnlyList<RouteConfig> Routes { get; } =
            [new RouteConfig { RouteId = RouteId, Match = new RouteMatch { Hosts = ["bootstrap.invalid"] } }];

        public IReadOnlyList<ClusterConfig> Clusters { get; } = [];

        public IChangeToken ChangeToken { get; } = new CancellationChangeToken(CancellationToken.None);
    }
}

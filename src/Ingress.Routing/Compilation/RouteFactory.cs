using Ingress.Routing.Annotations;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Compilation;

/// <summary>Makes routes of what an Ingress says.</summary>
internal static class RouteFactory
{
    /// <summary>The route of one path.</summary>
    /// <param name="requested">What the annotations of the Ingress ask for; null when that is nothing.</param>
    /// <param name="policies">The policies of the route: those, completed by what belongs to the host.</param>
    /// <param name="pattern">The regular expression that the path is; null when it is literal text.</param>
    public static IngressRoute ForPath(
        IngressResource ingress,
        int rule,
        int path,
        RequestedPolicies? requested,
        RoutePolicies policies,
        RouteTableOptions options,
        PathPattern? pattern = null)
    {
        var written = ingress.Rules[rule].Paths![path];
        var asWritten = RulePath.AsWritten(written);
        var service = ServiceOf(ingress, written.Backend!);
        return new(RouteSource.OfPath(ingress, rule, path), service)
        {
            Host = ingress.Rules[rule].Host is { Length: > 0 } host ? host : null,
            Path = pattern is null ? RulePath.Canonical(asWritten, options) : asWritten,
            PathAsWritten = asWritten,
            PathType = RulePath.TypeOf(written),
            Pattern = pattern,
            Conditions = requested?.Conditions ?? RouteConditions.None,
            Resource = written.Backend!.Resource,
            Split = SplitOf(service, requested),
            Policies = policies,
        };
    }

    /// <summary>The route of what annotations add to the host of a rule; null when the Ingress has no backend at all.</summary>
    /// <param name="policy">What answers its requests, so that none reaches the backend.</param>
    public static IngressRoute? ForHost(IngressResource ingress, int rule, string? host, PathType type, RequestPolicy policy)
        => (ingress.Rules[rule].Paths is { Count: > 0 } paths ? paths[0].Backend : ingress.DefaultBackend) is not { } backend
            ? null
            : new(RouteSource.OfHost(ingress, rule), ServiceOf(ingress, backend))
            {
                Host = host,
                Path = "/",
                PathAsWritten = "/",
                PathType = type,
                Resource = backend.Resource,
                Policies = RoutePolicies.Of(policy),
            };

    /// <summary>The route of a host that annotations add, and that only redirects.</summary>
    public static IngressRoute? ForAddedHost(IngressResource ingress, AddedHost host, RequestPolicy redirect)
    {
        for (var i = 0; i < ingress.Rules.Count; i++)
        {
            if (RuleClaim.HostOf(ingress.Rules[i]) == host.Target)
            {
                return ForHost(ingress, i, host.Name, PathType.Prefix, redirect);
            }
        }

        return null;
    }

    /// <summary>The route of the default backend of an Ingress that has one.</summary>
    public static IngressRoute ForDefaultBackend(IngressResource ingress, RequestedPolicies? requested)
    {
        var service = ServiceOf(ingress, ingress.DefaultBackend!);
        return new(RouteSource.OfDefaultBackend(ingress), service)
        {
            Resource = ingress.DefaultBackend!.Resource,
            Split = SplitOf(service, requested),
            Policies = requested?.Route ?? RoutePolicies.None,
        };
    }

    /// <summary>The route of the configured default backend.</summary>
    public static IngressRoute ForConfiguredDefault(ServiceReference service, RoutePolicies policies) => new(default, service) { Policies = policies };

    /// <summary>The Service of a backend, in the namespace of the Ingress, always (semantics 13.1, trap 14).</summary>
    public static ServiceReference? ServiceOf(IngressResource ingress, IngressBackend backend)
        => backend.Service is { } service ? new ServiceReference(new NamespacedName(ingress.Name.Namespace, service.Name), service.Port!) : null;

    // Weights are for the paths whose own Service is among them.
    private static TrafficSplit? SplitOf(ServiceReference? service, RequestedPolicies? requested)
    {
        if (service is null || requested?.Weights is not { } weights)
        {
            return null;
        }

        var backends = weights
            .Select(weight => new WeightedBackend(
                new(new NamespacedName(service.Name.Namespace, weight.Service), weight.Port ?? service.Port), weight.Weight))
            .ToList();
        return backends.Exists(backend => backend.Service == service) ? new(backends) : null;
    }
}

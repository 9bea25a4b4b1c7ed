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
    public static IngressRoute ForPath(
        IngressResource ingress, int rule, int path, RequestedPolicies? requested, RoutePolicies policies, RouteTableOptions options)
    {
        var written = ingress.Rules[rule].Paths![path];
        var service = ServiceOf(ingress, written.Backend!);
        var canonical = RulePath.Canonical(RulePath.AsWritten(written), options);
        return requested is null
            ? new(ingress, rule, path, canonical, service) { Policies = policies }
            : new(ingress, rule, path, canonical, service)
            {
                Policies = policies,
                Conditions = requested.Conditions,
                Split = SplitOf(service, requested),
            };
    }

    /// <summary>The route of the default backend of an Ingress that has one.</summary>
    public static IngressRoute ForDefaultBackend(IngressResource ingress, RequestedPolicies? requested)
    {
        var service = ServiceOf(ingress, ingress.DefaultBackend!);
        return new(ingress, service) { Policies = requested?.Route ?? RoutePolicies.None, Split = SplitOf(service, requested) };
    }

    /// <summary>The route of the configured default backend.</summary>
    public static IngressRoute ForConfiguredDefault(ServiceReference service, RoutePolicies policies) => new(null, service) { Policies = policies };

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

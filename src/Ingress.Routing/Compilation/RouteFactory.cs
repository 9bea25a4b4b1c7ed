using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Makes routes of what an Ingress says.</summary>
internal static class RouteFactory
{
    /// <summary>The route of one path.</summary>
    public static IngressRoute ForPath(IngressResource ingress, int rule, int path, PolicyDirectory policies, RouteTableOptions options)
    {
        var written = ingress.Rules[rule].Paths![path];
        return new(ingress, rule, path, RulePath.Canonical(RulePath.AsWritten(written), options), ServiceOf(ingress, written.Backend!))
        {
            Policies = policies.RoutePoliciesOf(ingress),
        };
    }

    /// <summary>The route of the default backend of an Ingress that has one.</summary>
    public static IngressRoute ForDefaultBackend(IngressResource ingress, PolicyDirectory policies)
        => new(ingress, ServiceOf(ingress, ingress.DefaultBackend!)) { Policies = policies.RoutePoliciesOf(ingress) };

    /// <summary>The route of the configured default backend.</summary>
    public static IngressRoute ForConfiguredDefault(ServiceReference service) => new(null, service);

    // In the namespace of the Ingress, always (semantics 13.1, trap 14).
    private static ServiceReference? ServiceOf(IngressResource ingress, IngressBackend backend)
        => backend.Service is { } service ? new ServiceReference(new NamespacedName(ingress.Name.Namespace, service.Name), service.Port!) : null;
}

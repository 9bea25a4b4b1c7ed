using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>The default backends that belong to no host (D14, steps 3 to 5).</summary>
internal sealed class DefaultBackendResolver
{
    private readonly Dictionary<IngressResource, IngressRoute> _routes = new(ReferenceEqualityComparer.Instance);

    /// <param name="servedByAge">The served Ingresses, oldest first.</param>
    public DefaultBackendResolver(IReadOnlyList<IngressResource> servedByAge, RouteTableOptions options, DiagnosticBag diagnostics)
    {
        var withDefault = servedByAge.Where(static ingress => ingress.DefaultBackend is not null).ToList();
        var withoutRules = withDefault.Where(static ingress => ingress.Rules.Count == 0).ToList();
        foreach (var loser in withoutRules.Skip(1))
        {
            diagnostics.Warn(
                loser,
                IngressDiagnosticIds.DefaultBackendConflict,
                "spec.defaultBackend",
                $"Ingress '{withoutRules[0].Name}' goes first by age (D6a) and provides the global default backend. This one is not served.");
        }

        var global = RouteOf(withoutRules.FirstOrDefault());
        var configured = options.DefaultBackend is { } service ? RouteFactory.ForConfiguredDefault(service) : null;
        KnownHost = global ?? configured;

        // One team's default must not capture the unanswered paths of another team's host, hence not for known hosts (trap 18).
        UnknownHost = global ?? RouteOf(withDefault.FirstOrDefault()) ?? configured;
    }

    /// <summary>Behind a named bucket without a default backend of its own.</summary>
    public IngressRoute? KnownHost { get; }

    /// <summary>When no named bucket was selected.</summary>
    public IngressRoute? UnknownHost { get; }

    /// <summary>The one route of an Ingress's default backend, wherever it is used; null for no Ingress.</summary>
    public IngressRoute? RouteOf(IngressResource? ingress)
    {
        if (ingress is null)
        {
            return null;
        }

        if (!_routes.TryGetValue(ingress, out var route))
        {
            route = RouteFactory.ForDefaultBackend(ingress);
            _routes.Add(ingress, route);
        }

        return route;
    }
}

using System.Collections.Immutable;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Compilation;

/// <summary>The default backends of all served Ingresses, and those that belong to no host (D14, steps 3 to 5). Immutable.</summary>
internal sealed class DefaultBackends
{
    private static readonly ImmutableSortedDictionary<IngressResource, IngressRoute> s_none =
        ImmutableSortedDictionary.Create<IngressResource, IngressRoute>(AgeOrder.Instance);

    // By age: the first of each decides.
    private readonly ImmutableSortedDictionary<IngressResource, IngressRoute> _all;
    private readonly ImmutableSortedDictionary<IngressResource, IngressRoute> _withoutRules;
    private readonly IngressRoute? _configured;

    private DefaultBackends(
        ImmutableSortedDictionary<IngressResource, IngressRoute> all,
        ImmutableSortedDictionary<IngressResource, IngressRoute> withoutRules,
        IngressRoute? configured)
    {
        _all = all;
        _withoutRules = withoutRules;
        _configured = configured;

        Global = First(withoutRules);
        KnownHost = Global ?? configured;

        // One team's default must not capture the unanswered paths of another team's host, hence not for known hosts (trap 18).
        UnknownHost = Global ?? First(all) ?? configured;
    }

    /// <summary>That of the oldest Ingress without rules (D14, step 3).</summary>
    public IngressRoute? Global { get; }

    /// <summary>Behind a named bucket without a default backend of its own.</summary>
    public IngressRoute? KnownHost { get; }

    /// <summary>When no named bucket was selected.</summary>
    public IngressRoute? UnknownHost { get; }

    /// <summary>The Ingresses without rules, of which the oldest alone provides the global default backend.</summary>
    public IEnumerable<IngressResource> WithoutRules => _withoutRules.Keys;

    public static DefaultBackends None(RouteTableOptions options, ConfiguredPolicies configured)
        => new(
            s_none,
            s_none,
            options.DefaultBackend is { } service
                ? RouteFactory.ForConfiguredDefault(service, configured.Redirect.AddTo(RoutePolicies.None, host: null, required: null))
                : null);

    /// <summary>The one route of an Ingress's default backend, wherever it is used; null for no Ingress, and for a canary.</summary>
    public IngressRoute? RouteOf(IngressResource? ingress) => ingress is null ? null : _all.GetValueOrDefault(ingress);

    /// <summary>The default backends after some Ingresses ceased to be served and others began.</summary>
    public DefaultBackends With(IEnumerable<IngressResource> ceased, IEnumerable<IngressResource> begun, PolicyDirectory policies)
    {
        var all = _all.ToBuilder();
        var withoutRules = _withoutRules.ToBuilder();
        var isChanged = false;
        foreach (var ingress in ceased.Where(static ingress => ingress.DefaultBackend is not null))
        {
            isChanged = true;
            all.Remove(ingress);
            withoutRules.Remove(ingress);
        }

        foreach (var ingress in begun.Where(ingress => ingress.DefaultBackend is not null && policies.HasRoutes(ingress)))
        {
            isChanged = true;
            var route = RouteFactory.ForDefaultBackend(ingress, policies.Of(ingress));
            all.Add(ingress, route);
            if (ingress.Rules.Count == 0)
            {
                withoutRules.Add(ingress, route);
            }
        }

        return isChanged ? new(all.ToImmutable(), withoutRules.ToImmutable(), _configured) : this;
    }

    /// <summary>The default backends with the policies that they have now.</summary>
    /// <param name="ingresses">The Ingresses whose default backends may have others; not all have one.</param>
    /// <param name="policiesOf">The policies of the default backend of an Ingress.</param>
    /// <param name="replaced">The Ingresses whose default backend is another route now.</param>
    public DefaultBackends WithPolicies(
        IEnumerable<IngressResource> ingresses, Func<IngressResource, RoutePolicies> policiesOf, out IReadOnlyCollection<IngressResource> replaced)
    {
        var routes = new Dictionary<IngressResource, IngressRoute>(ReferenceEqualityComparer.Instance);
        foreach (var ingress in ingresses)
        {
            if (_all.TryGetValue(ingress, out var route) && policiesOf(ingress) is var policies && !policies.Equals(route.Policies))
            {
                routes[ingress] = new IngressRoute(route, policies);
            }
        }

        replaced = routes.Keys;
        return routes.Count == 0
            ? this
            : new(_all.SetItems(routes), _withoutRules.SetItems(routes.Where(static pair => pair.Key.Rules.Count == 0)), _configured);
    }

    /// <summary>Reports an Ingress whose global default backend an older one is in the way of.</summary>
    public void Report(IngressResource ingress, DiagnosticBag diagnostics)
    {
        if (ingress.DefaultBackend is null || ingress.Rules.Count > 0 || Global?.Source.IsOf(ingress) == true || !_withoutRules.ContainsKey(ingress))
        {
            return;
        }

        diagnostics.At(DiagnosticPhase.DefaultBackend);
        diagnostics.Warn(
            ingress,
            IngressDiagnosticIds.DefaultBackendConflict,
            "spec.defaultBackend",
            $"Ingress '{Global!.Source.Name}' goes first by age and provides the global default backend. This one is not served.");
    }

    private static IngressRoute? First(ImmutableSortedDictionary<IngressResource, IngressRoute> routes)
    {
        foreach (var (_, route) in routes)
        {
            return route;
        }

        return null;
    }
}

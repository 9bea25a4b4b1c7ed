using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Collects the rules of one host, oldest Ingress first, and settles who owns what (D6, D14, D21).</summary>
/// <param name="host">The host as the rules write it; null for the host-less bucket.</param>
internal sealed class HostBucketBuilder(string? host, RouteTableOptions options, DiagnosticBag diagnostics)
{
    private readonly Dictionary<(PathType Type, string Path), IngressRoute> _claims = [];
    private readonly HashSet<IngressResource> _reported = new(ReferenceEqualityComparer.Instance);
    private IngressResource? _oldest;
    private IngressResource? _defaultOwner;

    /// <summary>The host; null for the host-less bucket.</summary>
    public string? Host => host;

    /// <summary>The Ingress whose default backend serves this host (D14, step 2).</summary>
    public IngressResource? DefaultOwner => _defaultOwner;

    /// <summary>The paths that can be chosen, by precedence; known after <see cref="Build"/>.</summary>
    public IReadOnlyList<IngressRoute> Routes { get; private set; } = [];

    /// <summary>Adds one rule. Must be called in age order of the Ingresses, and in the order of rules within each.</summary>
    /// <remarks>A rule without paths claims the host all the same (semantics 7.6, trap 19).</remarks>
    public void Add(IngressResource ingress, int ruleIndex)
    {
        _oldest ??= ingress;
        if (ingress.Name.Namespace != _oldest.Name.Namespace && !MayShare(ingress, ruleIndex))
        {
            return;
        }

        AddDefault(ingress);
        for (var j = 0; j < ingress.Rules[ruleIndex].Paths?.Count; j++)
        {
            AddPath(RouteFactory.ForPath(ingress, ruleIndex, j, options));
        }
    }

    /// <summary>Settles which paths can be chosen, and makes the bucket of them.</summary>
    /// <param name="defaultBackend">The route of <see cref="DefaultOwner"/>'s default backend.</param>
    public HostBucket Build(IngressRoute? defaultBackend)
    {
        Routes = [.. RoutePrecedence.Sort(_claims.Values.Where(static route => route.PathType == PathType.Exact).Concat(PrefixWinners()))];
        return new HostBucket(Routes, defaultBackend);
    }

    // Several paths can mean the same prefix: "/foo" and "/foo/", or one path as Prefix and as ImplementationSpecific.
    private IEnumerable<IngressRoute> PrefixWinners()
    {
        var byMeaning = _claims.Values
            .Where(static route => route.PathType != PathType.Exact)
            .GroupBy(static route => PathTable.PrefixKey(route.Path!), StringComparer.Ordinal);
        foreach (var group in byMeaning)
        {
            var ranked = RoutePrecedence.Sort(group);
            foreach (var loser in ranked.Skip(1))
            {
                ReportShadowed(loser, ranked[0]);
            }

            yield return ranked[0];
        }
    }

    private void ReportShadowed(IngressRoute loser, IngressRoute winner)
    {
        var message = $"{winner.PathType} '{winner.PathAsWritten}' of Ingress '{winner.Source}' takes the same requests of {Name(host)} and goes first "
            + "(D6). This path never matches.";
        if (ReferenceEquals(loser.Ingress, winner.Ingress))
        {
            diagnostics.Inform(loser.Ingress!, IngressDiagnosticIds.PathShadowed, $"{loser.Field}.path", message);
        }
        else
        {
            diagnostics.Warn(loser.Ingress!, IngressDiagnosticIds.PathShadowed, $"{loser.Field}.path", message);
        }
    }

    // Decided for each host, path and type; an Ingress that loses one path keeps the others (semantics 5.4).
    private void AddPath(IngressRoute route)
    {
        RulePath.ReportUnreachable(route.Ingress!, route.Field, route.Path!, options, diagnostics);
        if (_claims.TryAdd((route.PathType, route.Path!), route))
        {
            return;
        }

        var owner = _claims[(route.PathType, route.Path!)];
        var claimant = ReferenceEquals(owner.Ingress, route.Ingress)
            ? $"This Ingress, at {owner.Field},"
            : $"Ingress '{owner.Source}' goes first by age (D6a) and";
        diagnostics.Warn(
            route.Ingress!,
            IngressDiagnosticIds.PathConflict,
            $"{route.Field}.path",
            $"{claimant} already claims {route.PathType} '{route.Path}' of {Name(host)}. This path of Ingress '{route.Source}' is not served.");
    }

    private void AddDefault(IngressResource ingress)
    {
        if (ingress.DefaultBackend is null)
        {
            return;
        }

        _defaultOwner ??= ingress;
        if (!ReferenceEquals(_defaultOwner, ingress) && _reported.Add(ingress))
        {
            diagnostics.Warn(
                ingress,
                IngressDiagnosticIds.DefaultBackendConflict,
                "spec.defaultBackend",
                $"Ingress '{_defaultOwner.Name}' goes first by age (D6a) and provides the default backend of {Name(host)}. This one does not serve it.");
        }
    }

    // Merging is allowed by default, but never silent (D21).
    private bool MayShare(IngressResource ingress, int ruleIndex)
    {
        var field = $"spec.rules[{ruleIndex}].host";
        if (options.HostSharing == HostSharing.OldestNamespaceOnly)
        {
            diagnostics.Warn(
                ingress,
                IngressDiagnosticIds.HostNotOwned,
                field,
                $"Ingress '{_oldest!.Name}' goes first by age (D6a) and claims {Name(host)} for its namespace. This rule is not served.");
            return false;
        }

        diagnostics.Warn(
            ingress,
            IngressDiagnosticIds.HostShared,
            field,
            $"Ingress '{_oldest!.Name}', of another namespace, claims {Name(host)} too. The paths of both are merged.");
        return true;
    }

    private static string Name(string? host) => host is null ? "all hosts" : $"host '{host}'";
}

using Ingress.Routing.Annotations;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Compilation;

/// <summary>Resolves who owns what on one host (D6, D14, D21).</summary>
/// <param name="host">The host as the rules write it; empty for the host-less bucket.</param>
/// <param name="generation">The generation that is being made, with its policies.</param>
/// <param name="diagnostics">Receives what is worth reporting; null when only the outcome matters.</param>
internal sealed class HostBucketBuilder(
    string host, CompiledRoutes generation, RouteTableOptions options, DiagnosticBag? diagnostics = null)
{
    private readonly List<IngressRoute> _paths = [];
    private readonly CanaryClaims _canaries = new(generation.Policies, options, diagnostics);

    /// <summary>Whether the host belongs to anybody: a canary alone claims nothing.</summary>
    public bool IsClaimed { get; private set; }

    /// <summary>The Ingress whose default backend serves this host (D14, step 2).</summary>
    public IngressResource? DefaultOwner { get; private set; }

    /// <summary>The paths that can be chosen, by precedence.</summary>
    public IReadOnlyList<IngressRoute> Routes { get; private set; } = [];

    /// <summary>The policies of the host (D23).</summary>
    public HostPolicies HostPolicies { get; private set; } = HostPolicies.None;

    /// <param name="claims">The claims on the host, the oldest first.</param>
    /// <param name="policies">What the claimants ask for at the host.</param>
    /// <param name="known">Routes that exist already and are used again; null when there are none.</param>
    /// <remarks>A rule without paths claims the host all the same (semantics 7.6, trap 19).</remarks>
    public void Resolve(ReadOnlySpan<RuleClaim> claims, HostPolicyClaims policies, KnownRoutes? known)
    {
        HostPolicies = generation.Configured.ForRule(host) ?? policies.Decided ?? generation.Configured.AllHosts.Policies;
        if (host.Length > 0 && HasTlsEntries(claims))
        {
            HostPolicies = HostPolicies.WithTlsEntries();
        }

        var readings = generation.Policies.HasPathReaders ? HostPathReadings.Of(Served(claims), generation.Policies, options) : null;
        var hasRoot = false;
        IngressResource? oldest = null;
        IngressResource? reported = null;
        foreach (var claim in claims)
        {
            var ingress = claim.Ingress;
            var requested = generation.Policies.Of(ingress);
            if (_canaries.TryAdd(claim, requested))
            {
                continue;
            }

            oldest ??= ingress;
            if (ingress.Name.Namespace != oldest.Name.Namespace && !MayShare(claim, oldest))
            {
                continue;
            }

            // The rules of one Ingress stand side by side, so remembering the last one reports each once.
            if (ingress.DefaultBackend is not null && !ReferenceEquals(DefaultOwner ??= ingress, ingress) && !ReferenceEquals(reported, ingress))
            {
                reported = ingress;
                ReportDefault(claim, DefaultOwner);
            }

            if (requested?.Root is { } root && !hasRoot && RouteFactory.ForHost(ingress, claim.Rule, host.Length > 0 ? host : null, PathType.Exact, root) is { } rootRoute)
            {
                hasRoot = true;
                var source = rootRoute.Source;
                _paths.Insert(0, known?.Find(source) is { } same && same.Policies.Equals(rootRoute.Policies) ? same : rootRoute);
            }

            var complete = PoliciesOf(ingress, requested, policies);
            for (var i = 0; i < ingress.Rules[claim.Rule].Paths?.Count; i++)
            {
                _paths.Add(readings?.Find(claim, i) is { } reading
                    ? PatternRoute((claim, i), (reading, readings.PatternOf(claim, i)), requested, complete, known)
                    : known?.Find(RouteSource.OfPath(ingress, claim.Rule, i)) is { Pattern: null } same && same.Policies.Equals(complete)
                        ? same
                        : RouteFactory.ForPath(ingress, claim.Rule, i, requested, complete, options));
            }
        }

        var routes = ResolvePaths();
        _canaries.Attach(routes);
        Routes = routes;
        IsClaimed = oldest is not null;
    }

    private static bool HasTlsEntries(ReadOnlySpan<RuleClaim> claims)
    {
        foreach (var claim in claims)
        {
            if (claim.Ingress.Tls.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    // A wildcard and the rules for all hosts stand for several hosts, about some of which code may say something.
    private RoutePolicies PoliciesOf(IngressResource ingress, RequestedPolicies? requested, HostPolicyClaims policies)
    {
        var isSolver = AcmeChallenge.IsSolver(ingress);
        return generation.Configured.Redirect.AddTo(
            requested?.Route ?? RoutePolicies.None,
            (host.Length == 0 || HostName.IsWildcard(host)) && !generation.Configured.Hosts.IsEmpty ? null : HostPolicies,
            isSolver && IsForOwner(ingress, requested) ? AcmeChallenge.Instance
                : generation.Policies.HasHostPolicies ? RequiredClientCertificate.Of(requested?.Host, policies.OfNamespace(ingress.Name.Namespace))
                : null,
            isSolver);
    }

    // Who may answer challenges for a host gets certificates for it. A host that code or another namespace closed is opened to nobody by that.
    private bool IsForOwner(IngressResource ingress, RequestedPolicies? requested)
        => requested?.Host is not { Tls.ClientCertificates: not ClientCertificateMode.None }
            && HostPolicies.Source is { } owner && owner.Namespace == ingress.Name.Namespace
            && !HostPolicies.Tls.IsClientPartConfigured;

    // Decided for each path and type; an Ingress that loses one path keeps the others (semantics 5.4). Several paths can also mean the
    // same prefix: "/foo" and "/foo/", or one path as Prefix and as ImplementationSpecific.
    private IngressRoute[] ResolvePaths()
    {
        var winners = new List<IngressRoute>(_paths.Count);
        var prefixes = new PrefixOwners(_paths.Count);
        var group = new List<IngressRoute>(1); // those of one path and type
        foreach (var route in RoutePrecedence.Sort(_paths))
        {
            diagnostics?.At(DiagnosticPhase.Claims, route.Source.Position);
            if (diagnostics is not null && route.Pattern is null)
            {
                RulePath.ReportUnreachable(route.Source, route.Path!, options, diagnostics);
            }

            if (group.Count > 0 && !IsOfOnePath(group[0], route))
            {
                group.Clear();
            }

            if (group.Find(other => IsOfOneType(other, route) && other.Conditions.Count == route.Conditions.Count && other.Conditions.Cover(route.Conditions)) is { } owner)
            {
                ReportConflict(route, owner);
                continue;
            }

            group.Add(route);
            if (route.Pattern is not null || route.PathType == PathType.Exact || prefixes.TryAdd(route, out var winner))
            {
                winners.Add(route);
            }
            else
            {
                ReportShadowed(route, winner);
            }
        }

        return [.. winners];
    }

    private static bool IsOfOnePath(IngressRoute x, IngressRoute y)
        => x.Path == y.Path && (x.Pattern is null ? y.Pattern is null && x.PathType == y.PathType : y.Pattern is not null);

    // As patterns, Prefix and ImplementationSpecific are one type.
    private static bool IsOfOneType(IngressRoute x, IngressRoute y)
        => x.Pattern is null || (x.PathType == PathType.Exact) == (y.PathType == PathType.Exact);

    // Without canaries, and without what another namespace may not have (D21).
    private List<RuleClaim> Served(ReadOnlySpan<RuleClaim> claims)
    {
        var served = new List<RuleClaim>(claims.Length);
        foreach (var claim in claims)
        {
            if (generation.Policies.HasRoutes(claim.Ingress)
                && (served.Count == 0 || options.HostSharing != HostSharing.OldestNamespaceOnly || claim.Ingress.Name.Namespace == served[0].Ingress.Name.Namespace))
            {
                served.Add(claim);
            }
        }

        return served;
    }

    private IngressRoute PatternRoute(
        (RuleClaim Claim, int Path) place,
        (PathReading Reading, PathPattern? Pattern) read,
        RequestedPolicies? requested,
        RoutePolicies policies,
        KnownRoutes? known)
    {
        var (ingress, rule) = place.Claim;
        var source = RouteSource.OfPath(ingress, rule, place.Path);
        Report(source, RulePath.AsWritten(ingress.Rules[rule].Paths![place.Path]), read.Reading);
        policies = read.Reading.Problem is null || policies.IsClosed ? policies : RoutePolicies.Of([new ClosedRoute($"{source.Field}.path"), .. policies.All]);
        return known?.Find(source) is { } same && Equals(same.Pattern, read.Pattern) && same.Policies.Equals(policies)
            ? same
            : RouteFactory.ForPath(ingress, rule, place.Path, requested, policies, options, read.Pattern);
    }

    private void Report(RouteSource source, string written, PathReading reading)
    {
        if (diagnostics is null)
        {
            return;
        }

        diagnostics.At(DiagnosticPhase.Claims, source.Position);
        if (reading.Problem is { } problem)
        {
            diagnostics.Warn(
                source,
                IngressDiagnosticIds.PathPatternProblem,
                "path",
                $"The path '{written}' is to be a regular expression, and {problem}. Requests whose path begins as it does, up to its first special "
                + "character, are answered with 503 unless another path goes first.");
        }
        else if (reading.Pattern is { NeedsBacktracking: true })
        {
            diagnostics.Warn(
                source,
                IngressDiagnosticIds.PathPatternProblem,
                "path",
                $"The regular expression '{written}' needs backtracking. A request whose path takes longer than "
                + $"{PathPattern.BacktrackingLimit.TotalMilliseconds:0} ms to compare is answered with 503.");
        }

        if (reading.Difference is { } difference)
        {
            diagnostics.Warn(source, IngressDiagnosticIds.PathReadAsPattern, "path", difference);
        }
    }

    private void ReportShadowed(IngressRoute loser, IngressRoute winner)
    {
        if (diagnostics is null)
        {
            return;
        }

        var message = $"{winner.PathType} '{winner.PathAsWritten}' of Ingress '{winner.Source.Name}' takes the same requests of {Name} and goes first. "
            + "This path never matches.";
        diagnostics.At(DiagnosticPhase.Shadowing, loser.Source.Position);
        if (loser.Source.IsSameObjectAs(winner.Source))
        {
            diagnostics.Inform(loser.Source, IngressDiagnosticIds.PathShadowed, "path", message);
        }
        else
        {
            diagnostics.Warn(loser.Source, IngressDiagnosticIds.PathShadowed, "path", message);
        }
    }

    private void ReportConflict(IngressRoute route, IngressRoute owner)
    {
        if (diagnostics is null)
        {
            return;
        }

        var claimant = owner.Source.IsSameObjectAs(route.Source)
            ? $"This Ingress, at {owner.Source.Field},"
            : $"Ingress '{owner.Source.Name}' goes first by age and";
        diagnostics.Warn(
            route.Source,
            IngressDiagnosticIds.PathConflict,
            "path",
            $"{claimant} already claims {route.PathType} '{route.Path}' of {Name}{Conditions(route)}. This path of Ingress '{route.Source.Name}' is not served.");
    }

    private void ReportDefault(RuleClaim claim, IngressResource owner)
    {
        diagnostics?.At(DiagnosticPhase.Claims, (claim.Rule, -1));
        diagnostics?.Warn(
            claim.Ingress,
            IngressDiagnosticIds.DefaultBackendConflict,
            "spec.defaultBackend",
            $"Ingress '{owner.Name}' goes first by age and provides the default backend of {Name}. This one does not serve it.");
    }

    // Merging is allowed by default, but never silent (D21).
    private bool MayShare(RuleClaim claim, IngressResource oldest)
    {
        var field = $"spec.rules[{claim.Rule}].host";
        var isAllowed = options.HostSharing != HostSharing.OldestNamespaceOnly;
        diagnostics?.At(DiagnosticPhase.Claims, (claim.Rule, -1));
        if (isAllowed)
        {
            diagnostics?.Warn(
                claim.Ingress,
                IngressDiagnosticIds.HostShared,
                field,
                $"Ingress '{oldest.Name}', of another namespace, claims {Name} too. The paths of both are merged.");
        }
        else
        {
            diagnostics?.Warn(
                claim.Ingress,
                IngressDiagnosticIds.HostNotOwned,
                field,
                $"Ingress '{oldest.Name}' goes first by age and claims {Name} for its namespace. This rule is not served.");
        }

        return isAllowed;
    }

    private static string Conditions(IngressRoute route) => route.Conditions.Count == 0 ? "" : $" for the same requests ({route.Conditions})";

    private string Name => host.Length == 0 ? "all hosts" : $"host '{host}'";
}

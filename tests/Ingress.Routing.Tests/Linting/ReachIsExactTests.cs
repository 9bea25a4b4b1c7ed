using FsCheck.Xunit;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Linting;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Properties;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Linting;

/// <summary>"Never serves" is exact: what lint says agrees with asking the reference every request there is.</summary>
public sealed class ReachIsExactTests
{
    private static readonly string[] s_types = [PathTypes.Exact, PathTypes.Prefix, PathTypes.ImplementationSpecific];
    private static readonly string[] s_ruleHosts = ["", "*.b", "a.b"];
    private static readonly string[] s_rulePaths = ["/", "/a", "/a/", "/a/b", "/a%00"];

    // No rule has more than two elements or the element "c", so that a third one other than "c" makes no difference, nor does a fourth.
    private static readonly string[] s_elements = ["a", "b", "c"];
    private static readonly string[] s_requestHosts = ["a.b", "x.b", "b", ""];
    private static readonly string[] s_requestPaths =
    [
        .. Enumerable.Range(0, 3).SelectMany(Sequences).SelectMany(path => new[] { path, path + "/", path + "/c" }).Where(path => path != ""),
    ];

    // 45 rules: 2,025 tables of two Ingresses, x 2 for a default backend of the first, x 152 requests.
    [Fact]
    public void Lint_EverySmallTable_ReachesWhatTheReferenceReaches()
    {
        IngressRule[] rules =
        [
            .. from host in s_ruleHosts from path in s_rulePaths from type in s_types select Some.Rule(host, Some.Path(type, path)),
        ];
        var tables = from first in rules from second in rules from hasDefault in new[] { false, true } select (first, second, hasDefault);

        Parallel.ForEach(tables, table => AssertExact(Some.Snapshot(
            Some.Ingress("i0", [table.first], table.hasDefault ? Some.Backend("d0") : null),
            Some.Ingress("i1", [table.second], ageSeconds: 1))));
    }

    // Two paths in one Ingress against two in another, a global default backend beside them.
    [Fact]
    public void Lint_SeveralPathsAndDefaults_ReachesWhatTheReferenceReaches()
    {
        IngressPath[] paths = [.. from path in s_rulePaths[..^1] from type in s_types select Some.Path(type, path)];
        var tables = from x in paths from y in paths from z in paths select (x, y, z);

        Parallel.ForEach(tables, table => AssertExact(Some.Snapshot(
            Some.Ingress("i0", [Some.Rule("a.b", table.x)], Some.Backend("d0"), ageSeconds: 1),
            Some.Ingress("i1", [Some.Rule("a.b", table.y, table.z), Some.Rule(null, table.x)], Some.Backend("d1")),
            Some.Ingress("i2", defaultBackend: Some.Backend("d2"), ageSeconds: 2),
            Some.Ingress("i3", defaultBackend: Some.Backend("d3"), ageSeconds: 3))));
    }

    // Random tables cannot be enumerated. But what is called reached must be shown by its witness, and what is not by no request at hand.
    [Property(Arbitrary = [typeof(RoutingArbitraries)], MaxTest = 2_000, QuietOnSuccess = true)]
    public void Lint_AnyTable_NoRequestContradictsIt(RoutingCase value)
    {
        var table = new LintedTable(value.Compile(), IngressLintOptions.Default);
        var reference = new ReferenceMatcher(value.Snapshot, value.Options);
        var paths = table.Claims.Where(claim => claim.Written is not null).Select(claim => table.CanonicalPathOf(claim.Written!)).ToList();
        var requests = from host in table.Buckets.Select(bucket => table.Witnesses.HostOf(bucket.Key)).Append(table.Witnesses.UnknownHost)
                       from path in paths.SelectMany(path => new[] { path, path + "/", path.TrimEnd('/') + "/zz", path.TrimEnd('/') }).Append("/zz")
                       select reference.Match(host, path);
        var answered = requests.Concat(value.Requests.Select(request => reference.Match(request.Host, request.Target)))
            .Select(outcome => $"{outcome.Ingress} {outcome.Field}")
            .ToHashSet();

        foreach (var claim in table.Claims.Where(claim => claim.Written is not null))
        {
            var witness = table.Witnesses.Of(claim);
            var outcome = reference.Match(witness.Host, witness.Path);
            var isShown = (outcome.Ingress, outcome.Field) == (claim.Ingress.Name.ToString(), claim.Field);
            Assert.True(table.Reached.Reaches(claim) == isShown, $"{witness} for {claim.RouteId}{value}");
            Assert.True(isShown || !answered.Contains($"{claim.Ingress.Name} {claim.Field}"), $"{claim.RouteId} is reached after all{value}");
        }

        foreach (var owner in table.Served.Where(owner => owner.Ingress.DefaultBackend is not null && !table.Reached.ReachesDefault(owner)))
        {
            Assert.False(answered.Contains($"{owner.Ingress.Name} spec.defaultBackend"), $"{owner.Ingress.Name} serves by default after all{value}");
        }
    }

    private static void AssertExact(ClusterSnapshot snapshot)
    {
        var table = IngressRouteTable.Compile(snapshot);
        var reference = new ReferenceMatcher(snapshot);
        var reached = (from host in s_requestHosts from path in s_requestPaths select reference.Match(host, path))
            .Select(outcome => $"{outcome.Ingress} {outcome.Field}")
            .ToHashSet();

        // Each single path that no request reaches has a diagnostic that says so, and no other path has.
        string[] neverMatches = [IngressDiagnosticIds.PathConflict, IngressDiagnosticIds.PathShadowed, IngressDiagnosticIds.UnreachablePath];
        AssertSame(
            "paths",
            from ingress in snapshot.Ingresses
            from field in FieldsOf(ingress)
            where !reached.Contains($"{ingress.Name} {field}")
            select $"{ingress.Name} {field}.path",
            table.Diagnostics.Where(diagnostic => neverMatches.Contains(diagnostic.Id)).Select(NameOf).Distinct());

        var findings = IngressLinter.Lint(table);
        AssertSame(
            "Ingresses",
            snapshot.Ingresses.Where(ingress => ingress.Rules.Count > 0 && !IsReached(ingress)).Select(ingress => ingress.Reference.ToString()),
            findings.Where(finding => finding.Id == IngressDiagnosticIds.IngressNeverServes).Select(finding => finding.Resource.ToString()!));

        // Of the default backends that serve nothing, each is reported, by whichever of the three ids says the most.
        var told = table.Diagnostics.Where(diagnostic => diagnostic.Id == IngressDiagnosticIds.DefaultBackendConflict)
            .Concat(findings.Where(finding => finding.Id is IngressDiagnosticIds.DefaultBackendNeverServes or IngressDiagnosticIds.IngressNeverServes))
            .Select(finding => finding.Resource!.Value.ToString())
            .ToHashSet();
        var neverServes = findings
            .Where(finding => finding.Id == IngressDiagnosticIds.DefaultBackendNeverServes)
            .Select(finding => finding.Resource!.Value.Name);
        foreach (var ingress in snapshot.Ingresses.Where(ingress => ingress.DefaultBackend is not null))
        {
            var serves = reached.Contains($"{ingress.Name} spec.defaultBackend");
            Assert.True(serves || told.Contains(ingress.Reference.ToString()), $"{ingress.Name} is not reported{Text(snapshot)}");
            Assert.False(serves && neverServes.Contains(ingress.Metadata.Name), $"{ingress.Name} serves{Text(snapshot)}");
        }

        bool IsReached(IngressResource ingress)
            => FieldsOf(ingress).Append("spec.defaultBackend").Any(field => reached.Contains($"{ingress.Name} {field}"));

        void AssertSame(string what, IEnumerable<string> expected, IEnumerable<string> actual)
        {
            var wanted = string.Join(", ", expected.Order(StringComparer.Ordinal));
            var given = string.Join(", ", actual.Order(StringComparer.Ordinal));
            Assert.True(wanted == given, $"{what} that no request reaches: {wanted}\nreported: {given}{Text(snapshot)}");
        }
    }

    private static string NameOf(IngressDiagnostic diagnostic)
        => $"{diagnostic.Resource!.Value.Namespace}/{diagnostic.Resource.Value.Name} {diagnostic.Field}";

    private static IEnumerable<string> FieldsOf(IngressResource ingress)
        => ingress.Rules.SelectMany((rule, r) => rule.Paths!.Select((_, p) => $"spec.rules[{r}].http.paths[{p}]"));

    private static IEnumerable<string> Sequences(int length)
        => length == 0 ? [""] : Sequences(length - 1).SelectMany(path => s_elements.Select(element => $"{path}/{element}"));

    private static string Text(ClusterSnapshot snapshot) => ManifestText.Of(snapshot, RouteTableOptions.Default);
}

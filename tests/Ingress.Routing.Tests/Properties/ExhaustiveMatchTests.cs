using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Properties;

/// <summary>All small tables against all short requests: no sampling, nothing overlooked.</summary>
public sealed class ExhaustiveMatchTests
{
    private static readonly string[] s_types = [PathTypes.Exact, PathTypes.Prefix, PathTypes.ImplementationSpecific];
    private static readonly string[] s_ruleHosts = ["", "*.b", "a.b"];
    private static readonly string[] s_rulePaths = ["/", "/a", "/a/", "/a/b"];

    // "/" and up to three more characters of "/", "a", "b": 1 + 3 + 9 + 27 = 40 targets.
    private static readonly string[] s_targets = [.. Enumerable.Range(0, 4).SelectMany(length => Words(length).Select(word => "/" + word))];
    private static readonly string[] s_requestHosts = ["a.b", "x.b", "b"];

    // Which requests are alike is no business of this test: the canonical path is tested elsewhere.
    private static readonly (string Host, string Target, string Path)[] s_requests =
    [
        .. s_requestHosts.SelectMany(
            host => s_targets.Select(target => (host, target, ReferencePath.OfTarget(target, RouteTableOptions.Default)!))),
    ];

    // 36 rules: 36 tables of one, 666 of two, 8,436 of three (with repetition, order aside): 9,138 tables x 120 requests.
    [Fact]
    public void Match_EveryTableOfUpToThreeRules_AgreesWithReference()
    {
        IngressRule[] rules =
        [
            .. from host in s_ruleHosts from path in s_rulePaths from type in s_types select Some.Rule(host, Some.Path(type, path)),
        ];

        Parallel.ForEach(Multisets(rules, 3), chosen => AssertAgreement(Some.Ingress("one", chosen)));
    }

    // The same rules in Ingresses of their own, the later ones older: 9,138 tables x 120 requests. Age must turn the order around.
    [Fact]
    public void Match_EveryTableOfUpToThreeIngresses_AgreesWithReference()
    {
        IngressRule[] rules =
        [
            .. from host in s_ruleHosts from path in s_rulePaths from type in s_types select Some.Rule(host, Some.Path(type, path)),
        ];

        Parallel.ForEach(Multisets(rules, 3), chosen
            => AssertAgreement([.. chosen.Select((rule, i) => Some.Ingress($"i{i}", [rule], ageSeconds: -i))]));
    }

    // Who gets the default: 4 claims (three hosts, or no rule at all) x with or without http x with or without default backend,
    // in every combination of up to three Ingresses and in every order: 13 + 169 + 2,197 = 2,379 tables x 120 requests.
    [Fact]
    public void Match_EveryCombinationOfDefaultBackends_AgreesWithReference()
    {
        IReadOnlyList<IngressRule>[] claims =
        [
            .. s_ruleHosts.Select(host => new[] { new IngressRule { Host = host } }),
            .. s_ruleHosts.Select(host => new[] { Some.Rule(host, Some.Exact("/a")) }),
        ];
        var ingresses = claims.SelectMany(claim => new[] { Some.Ingress("x", claim), Some.Ingress("x", claim, Some.Backend("web")) })
            .Append(Some.Ingress("x", defaultBackend: Some.Backend("web")))
            .ToList();

        Parallel.ForEach(Enumerable.Range(1, 3).SelectMany(count => Sequences(ingresses, count)), chosen
            => AssertAgreement([.. chosen.Select((ingress, i) => ingress with { Metadata = Some.Metadata($"i{i}") })]));
    }

    private static void AssertAgreement(params IngressResource[] ingresses)
    {
        var snapshot = Some.Snapshot(ingresses);
        var table = IngressRouteTable.Compile(snapshot);
        var reference = new ReferenceMatcher(snapshot);
        foreach (var (host, target, path) in s_requests)
        {
            var expected = reference.MatchCanonical(host, path);
            var actual = ReferenceOutcome.Of(table.Match(host, target));
            if (expected != actual)
            {
                Assert.Fail($"{host} {target}\n  the reference says {expected}\n  the table says     {actual}{ManifestText.Of(snapshot, table.Options)}");
            }
        }
    }

    private static IEnumerable<T[]> Multisets<T>(T[] items, int upTo)
        => upTo == 0
            ? []
            : items.SelectMany((item, i) => Multisets(items[i..], upTo - 1).Select(rest => (T[])[item, .. rest]).Prepend([item]));

    private static IEnumerable<T[]> Sequences<T>(IReadOnlyList<T> items, int length)
        => length == 0 ? [[]] : items.SelectMany(item => Sequences(items, length - 1).Select(rest => (T[])[item, .. rest]));

    private static IEnumerable<string> Words(int length)
        => length == 0 ? [""] : Words(length - 1).SelectMany(word => new[] { word + "/", word + "a", word + "b" });
}

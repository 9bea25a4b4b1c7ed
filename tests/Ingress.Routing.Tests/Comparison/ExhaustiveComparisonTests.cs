using Ingress.Routing.Comparison;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Comparison;

/// <summary>All pairs of small tables against all short requests: no sampling, nothing overlooked.</summary>
public sealed class ExhaustiveComparisonTests
{
    private static readonly string[] s_requestHosts = ["a.b", "x.b", "b", ""];

    // "/" and up to three more characters of "/", "a", "z": 40 targets, 25 of them canonical.
    private static readonly string[] s_targets =
    [
        .. Enumerable.Range(0, 4).SelectMany(length => Words(length).Select(word => "/" + word)).Where(path => !path.Contains("//", StringComparison.Ordinal)),
    ];

    private static readonly (string Host, string Target)[] s_requests =
        [.. s_requestHosts.SelectMany(host => s_targets.Select(target => (host, target)))];

    // 3 hosts x (5 paths + no path) = 18 rules; a table has none, one with or without a default backend, or two with a Service each:
    // 1 + 18 + 18 + 153 = 190 tables, and 18,145 pairs of them x 100 requests. The other order is the business of a property.
    [Fact]
    public void Compare_EveryPairOfTablesOfUpToTwoRules_TellsExactlyWhatDiffers()
    {
        var tables = Tables().Select(ingress => IngressRouteTable.Compile(Some.Snapshot(ingress)))
            .Select(table => (Table: table, Answers: s_requests.Select(request => table.Answer(request.Host, request.Target)).ToArray()))
            .ToList();

        Parallel.For(0, tables.Count, i =>
        {
            foreach (var after in tables.Skip(i))
            {
                AssertTold(tables[i].Answers, after.Answers, RouteTableComparison.Compare(tables[i].Table, after.Table));
            }
        });
    }

    private static void AssertTold(string[] before, string[] after, RouteTableComparison comparison)
    {
        var differences = comparison.Hosts.SelectMany(host => host.Routes).ToList();
        for (var i = 0; i < s_requests.Length; i++)
        {
            var (host, target) = s_requests[i];
            var told = differences.FindAll(difference => difference.Contains(host, target));
            if (before[i] == after[i] ? told.Count > 0 : told is not [var only] || NameOf(only.Before) != before[i] || NameOf(only.After) != after[i])
            {
                Assert.Fail($"{host}{target}: {before[i]} -> {after[i]}, but told: {string.Join("; ", differences)}");
            }
        }
    }

    private static string NameOf(RequestAnswer answer) => answer.Service?.Name.Name ?? $"{answer.StatusCode}";

    private static IEnumerable<IngressResource[]> Tables()
    {
        IngressRule[] rules =
        [
            .. from host in new[] { "", "*.b", "a.b" }
               from path in new[] { Some.Exact("/", "one"), Some.Exact("/a", "one"), Some.Exact("/a/", "one"), Some.Prefix("/", "one"), Some.Prefix("/a", "one") }
               select Some.Rule(host, path),
            .. from host in new[] { "", "*.b", "a.b" } select new IngressRule { Host = host },
        ];

        yield return [];
        for (var i = 0; i < rules.Length; i++)
        {
            yield return [Some.Ingress("first", [rules[i]])];
            yield return [Some.Ingress("first", [rules[i]], Some.Backend("default"))];
            for (var j = 0; j < i; j++)
            {
                yield return [Some.Ingress("first", [rules[i], OfAnotherService(rules[j])])];
            }
        }
    }

    private static IngressRule OfAnotherService(IngressRule rule)
        => rule with { Paths = rule.Paths is null ? null : [.. rule.Paths.Select(path => path with { Backend = Some.Backend("two") })] };

    private static IEnumerable<string> Words(int length)
        => length == 0 ? [""] : Words(length - 1).SelectMany(word => new[] { word + "/", word + "a", word + "z" });
}

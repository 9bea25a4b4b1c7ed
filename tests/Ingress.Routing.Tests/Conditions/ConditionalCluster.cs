using Ingress.Routing.Model;
using Ingress.Routing.Tests.Properties;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Conditions;

/// <summary>Random Ingresses with conditions, weights and canaries on few paths, and requests that tell them apart.</summary>
internal sealed class ConditionalCluster(Random random)
{
    private static readonly (string Name, string[] Texts)[] s_conditions =
    [
        ("match-methods", ["GET", "POST", "POST, GET", "GET, POST", "post"]),
        ("match-headers", ["X-A: 1", "x-a: 1", "X-A", "X-A: 1\nX-B", "X-A:2", ": 1", "X-A\nx-a: 1"]),
        ("match-query", ["q=1", "q", "q=a&b", "q=1\nr", "=1"]),
        ("match-cookies", ["c=1", "c", "c=1\nd=2"]),
    ];

    private static readonly (string Name, string[] Texts)[] s_canaries =
    [
        ("canary-by-header", ["X-C"]),
        ("canary-by-header-value", ["on"]),
        ("canary-by-cookie", ["cc"]),
        ("canary-weight", ["30", "0", "100", "200"]),
        ("canary-weight-total", ["1000", "10", "100"]),
    ];

    private static readonly string[] s_paths = ["/", "/a", "/a/", "/a/b", "/a/a-segment-that-is-longer-than-one-block", "/b"];
    private static readonly string[] s_patterns =
        ["/a", "/a/?", "/[ab]", "/a/(b|c)", "/(?!a)", "/A", "/a(", "/(.*)b", "/", "/a|/b", "/é", "/a.*"];

    private static readonly string[] s_types = [PathTypes.Exact, PathTypes.Prefix, PathTypes.Prefix, PathTypes.ImplementationSpecific];

    public static IReadOnlyList<ReferenceRequest> Requests { get; } =
    [
        ReferenceRequest.Get,
        new("POST"),
        new("PUT", ("X-A", "2")),
        new("GET", ("x-a", "1")),
        new("GET", ("X-A", "1"), ("X-B", "")),
        new("POST", ("X-A", "1"), ("Cookie", "c=1; cc=always")),
        new("GET", ("Cookie", "b=0;c=2; c=1"), ("X-C", "always")),
        new("GET", ("Cookie", "d=2; cc=never; c=1"), ("X-C", "on")),
        new("GET", ("X-C", "never"), ("Cookie", "cc=always")),
        new("GET", ("Cookie", "cc=always")),
    ];

    public static IReadOnlyList<string> Targets { get; } =
    [
        "/", "/a", "/a/", "/a?q=1", "/a/b?q", "/a/b/c?r=&q=1", "/a?q=a%26b", "/b?%71=%31", "/c?q=2&q=1", "/a//b",
        "/a/a-segment-that-is-longer-than-one-block/x?q=1", "/ab",
    ];

    // Away from where shares meet.
    public static IReadOnlyList<double> Points { get; } = [0.0137, 0.1237, 0.2871, 0.5113, 0.7391, 0.9977];

    public IngressResource Ingress(int index)
    {
        var annotations = new Dictionary<string, string>();
        Add(s_conditions, 3);
        if (random.Next(4) == 0)
        {
            annotations["ingress.routing/canary"] = Pick(["true", "true", "true", "false", "maybe"]);
            Add(s_canaries, 2);
        }
        else if (random.Next(30) == 0)
        {
            annotations["ingress.routing/canary-weight"] = "5";
        }

        if (random.Next(4) == 0)
        {
            annotations["ingress.routing/backend-weights"] = Pick([$"i{index}-0-0=3, extra=1", $"i{index}-0-0=0, extra=2, more=1", "extra=x", "elsewhere=1, extra=1"]);
        }

        if (random.Next(4) == 0)
        {
            annotations["ingress.routing/regex-paths"] = Pick(["true", "true", "true", "false"]);
        }

        var paths = annotations.GetValueOrDefault("ingress.routing/regex-paths") == "true" || random.Next(8) == 0 ? s_patterns : s_paths;
        var rules = Enumerable.Range(0, random.Next(1, 3)).Select(rule => Some.Rule(
            Pick(["a.b", "a.b", "*.b", ""]),
            [.. Enumerable.Range(0, random.Next(1, 4)).Select(path => Some.Path(Pick(s_types), Pick(random.Next(4) > 0 ? paths : s_paths), $"i{index}-{rule}-{path}"))]));
        return Some.Ingress(
            $"{Pick(["t", "t", "t", "u"])}/i{index}",
            rules,
            random.Next(4) == 0 ? Some.Backend($"i{index}-default") : null,
            ageSeconds: random.Next(3),
            annotations: annotations);

        void Add((string Name, string[] Texts)[] known, int oneIn)
        {
            foreach (var (name, texts) in known.Where(_ => random.Next(oneIn) == 0))
            {
                annotations["ingress.routing/" + name] = Pick(texts);
            }
        }
    }

    public ClusterSnapshot Snapshot() => Some.Snapshot([.. Enumerable.Range(0, random.Next(1, 6)).Select(Ingress)]);

    private string Pick(string[] items) => items[random.Next(items.Length)];

    /// <summary>Fails on the first request that the table answers differently from the reference.</summary>
    public static void AssertAgreement(IngressRouteTable table, ClusterSnapshot snapshot, string place)
    {
        var reference = new ReferenceMatcher(snapshot, table.Options);
        foreach (var host in new[] { "a.b", "x.b", "other" })
        {
            foreach (var target in Targets)
            {
                foreach (var request in Requests)
                {
                    AssertAgreement(table, reference, (host, target, request), () => place + ManifestText.Of(snapshot, table.Options) + Annotations(snapshot));
                }
            }
        }
    }

    private static void AssertAgreement(
        IngressRouteTable table, ReferenceMatcher reference, (string Host, string Target, ReferenceRequest Request) asked, Func<string> place)
    {
        var (host, target, request) = asked;
        var match = table.Match(host, target, request.ToRequest());
        var expected = reference.Match(host, target, request);
        var actual = ReferenceOutcome.Of(match);
        if (expected != actual)
        {
            Assert.Fail($"{request} {host} {target}\n  the reference says {expected}\n  the table says     {actual}\n{place()}");
        }

        var query = target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var start ? target[start..] : "";
        foreach (var point in Points)
        {
            var service = reference.ServiceOf(host, match.Path.ToString(), request, query, point);
            if (service is not null && service != ServiceOf(match.Route!, request.ToRequest(), point))
            {
                Assert.Fail($"{request} {host} {target} at {point}\n  the reference says {service}\n  the table says     {ServiceOf(match.Route!, request.ToRequest(), point)}\n{place()}");
            }
        }
    }

    private static string ServiceOf(IngressRoute route, RouteRequest request, double point)
        => (route.Split?.Choose(request, point).Service ?? route.Service!).Name.Name;

    private static string Annotations(ClusterSnapshot snapshot)
        => string.Concat(snapshot.Ingresses.Select(ingress => $"  {ingress.Name}: {string.Join("; ", ingress.Metadata.Annotations)}\n"));
}

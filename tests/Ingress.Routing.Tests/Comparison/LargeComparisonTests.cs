using System.Diagnostics;
using Ingress.Routing.Comparison;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Comparison;

/// <summary>10,000 Ingresses a side, in shapes that would show quadratic work. The limit is generous: each takes well below a second.</summary>
[Collection(nameof(Measurements))]
public sealed class LargeComparisonTests
{
    private const int Count = 10_000;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    [Fact]
    public void Compare_ManyHosts_IsFast()
        => AssertFast(i => Some.Rule($"h{i}.test", Some.Prefix("/", $"web-{i}"), Some.Exact("/health", "probe")), "h5000.test");

    [Fact]
    public void Compare_ManyPathsOfOneHost_IsFast() => AssertFast(i => Some.Rule("one.test", Some.Prefix($"/p{i}", $"web-{i}")), "one.test");

    [Fact]
    public void Compare_ManyNestedPaths_IsFast()
        => AssertFast(i => Some.Rule("one.test", Some.Prefix($"/{i / 100}/{i % 100}/{i % 10}", $"web-{i}"), Some.Prefix($"/{i / 100}", "up")), "one.test");

    [Fact]
    public void Compare_ManyWildcards_IsFast() => AssertFast(i => Some.Rule($"*.h{i}.test", Some.Prefix("/", $"web-{i}")), "*.h5000.test");

    [Fact]
    public void Compare_ManyPathsForAllHosts_IsFast() => AssertFast(i => Some.Rule(null, Some.Prefix($"/p{i}", $"web-{i}")), "*");

    // Half of them claim a host without a path, so that it would fall back to the many rules for all hosts.
    [Fact]
    public void Compare_ManyBareHostsBesideManyPaths_IsFast()
        => AssertFast(i => i % 2 == 0 ? new IngressRule { Host = $"h{i}.test" } : Some.Rule(null, Some.Prefix($"/p{i}", $"web-{i}")), "*", 5_001);

    private static void AssertFast(Func<int, IngressRule> rule, string changedHost, int changed = 5_000)
    {
        var ingresses = Enumerable.Range(0, Count).Select(i => Some.Ingress($"i{i}", [rule(i)])).ToArray();
        var before = IngressRouteTable.Compile(Some.Snapshot(ingresses));
        ingresses[changed] = ingresses[changed] with
        {
            Rules = [ingresses[changed].Rules[0] with { Paths = [ingresses[changed].Rules[0].Paths![0] with { Backend = Some.Backend("changed") }] }],
        };
        var after = IngressRouteTable.Compile(Some.Snapshot([.. ingresses.Reverse()]));

        var watch = Stopwatch.StartNew();
        var comparison = RouteTableComparison.Compare(before, after);
        watch.Stop();

        var host = Assert.Single(comparison.Hosts);
        Assert.Equal([changedHost], host.Hosts.Select(region => region.Pattern));
        Assert.Contains(host.Routes, route => route.After.ToString() == "default/changed:80");
        Assert.True(watch.Elapsed < s_limit, $"It took {watch.Elapsed}.");
    }
}

using System.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Changes;

/// <summary>Whoever writes many objects makes his changes dearer by as much, but not by the square of it (trap 30).</summary>
/// <remarks>Each case took seconds to half a minute when its cost was quadratic, and takes milliseconds otherwise.</remarks>
[Collection(nameof(Measurements))]
public sealed class ApplyGrowthTests
{
    private const int Many = 4_000;

    [Fact]
    public void DiagnosticsOf_ManyIngressesOfOneHost_LooksAtTheHostOnce()
    {
        var ingresses = Enumerable.Range(0, Many).Select(i => Some.Ingress($"t/i{i}", [Some.Rule("one.test", Some.Prefix($"/{i}"))])).ToList();
        var table = IngressRouteTable.Compile(new() { Ingresses = ingresses });
        var next = table.Apply(new() { Upserted = [ingresses[0] with { Rules = [Some.Rule("one.test", Some.Prefix("/new"))] }] });
        var resources = next.ChangesSince(table)!.Resources;

        var reported = Quick(() => next.DiagnosticsOf(resources));

        Assert.Equal(Many, resources.Count);
        Assert.Equal(next.Diagnostics, reported);
    }

    [Fact]
    public void DiagnosticsOf_ManyRulesOfOneHost_LooksAtTheHostOnce()
    {
        var many = Some.Ingress(
            "t/many", [.. Enumerable.Range(0, Many).Select(i => Some.Rule("one.test", Some.Prefix($"/{i}")))], Some.Backend("late"), ageSeconds: 1);
        var older = Some.Ingress("t/older", [Some.Rule("one.test", Some.Prefix("/"))], Some.Backend("early"));
        var table = IngressRouteTable.Compile(Some.Snapshot(many, older));

        var reported = Quick(() => table.DiagnosticsOf([many.Reference]));

        Assert.Equal(table.Diagnostics.Where(item => item.Resource == many.Reference), reported);
    }

    [Fact]
    public void Apply_ManyServicesOfOneNamespace_LooksAtTheIngressesOnce()
    {
        var ingresses = Enumerable.Range(0, Many).Select(i => Some.Ingress($"t/i{i}", [Some.Rule("one.test", Some.Prefix($"/{i}", $"s{i}"))]));
        var table = IngressRouteTable.Compile(new() { Ingresses = [.. ingresses] });
        var change = new ClusterChange { Upserted = [.. Enumerable.Range(0, Many).Select(i => Some.Service($"t/s{i}"))] };

        var next = Quick(() => table.Apply(change));

        Assert.Equal(2 * Many, next.ChangesSince(table)!.Resources.Count);
    }

    [Fact]
    public void Compile_ManyObjectsWithoutName_KeepsEachOnce()
    {
        var nameless = Enumerable.Range(0, 10 * Many).Select(_ => new ServiceResource { Metadata = new() { Namespace = "t" } }).ToList();

        var table = Quick(() => IngressRouteTable.Compile(new() { Services = [.. nameless, .. nameless] }));

        Assert.Equal(nameless.Count, table.Apply(ClusterChange.None).Snapshot.Services.Count);
    }

    [Fact]
    public void Apply_BesideManyHostlessPaths_DoesNotLayThemOutAgain()
    {
        var hostless = Some.Ingress("t/all", [Some.Rule(null, [.. Enumerable.Range(0, Many).Select(i => Some.Prefix($"/{i}"))])]);
        var change = new ClusterChange { Upserted = [Some.Ingress("t/x", [Some.Rule("x.test", Some.Prefix("/x"))])] };
        var table = IngressRouteTable.Compile(Some.Snapshot(hostless)).Apply(change);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var next = table.Apply(change);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal("web", next.Answer("y.test", "/17/a"));
        Assert.InRange(allocated, 0, 64 * 1024);
    }

    private static T Quick<T>(Func<T> action)
    {
        var watch = Stopwatch.StartNew();
        var result = action();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        return result;
    }
}

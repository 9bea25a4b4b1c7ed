using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Changes;

/// <summary>What a change leaves alone is not made again.</summary>
public sealed class ApplySharingTests
{
    private static readonly IngressResource s_shop = Some.Ingress("t/shop", [Some.Rule("shop.test", Some.Prefix("/"), Some.Prefix("/cart"))]);
    private static readonly IngressResource s_blog = Some.Ingress("t/blog", [Some.Rule("blog.test", Some.Prefix("/"))], ageSeconds: 1);

    private static readonly ClusterSnapshot s_snapshot = new()
    {
        Ingresses = [s_shop, s_blog],
        Services = [Some.Service("t/web"), Some.Service("t/api")],
        EndpointSlices = [Some.Slice("t/web", 8080, "10.0.0.1"), Some.Slice("t/api", 8080, "10.0.0.2")],
    };

    [Fact]
    public void Apply_ChangeOfAnotherHost_KeepsTheRoutes()
    {
        var table = IngressRouteTable.Compile(s_snapshot);

        var next = table.Apply(new() { Upserted = [s_blog with { Rules = [Some.Rule("blog.test", Some.Prefix("/new"))] }] });

        Assert.Same(table.Match("shop.test", "/cart").Route, next.Match("shop.test", "/cart").Route);
        Assert.Equal("404", next.Answer("blog.test", "/"));
    }

    [Fact]
    public void Apply_ChangeOfTheSameHost_KeepsTheRoutesOfOthers()
    {
        var table = IngressRouteTable.Compile(s_snapshot);

        var next = table.Apply(new() { Upserted = [s_blog with { Rules = [Some.Rule("shop.test", Some.Prefix("/new", "api"))] }] });

        Assert.Same(table.Match("shop.test", "/cart").Route, next.Match("shop.test", "/cart").Route);
        Assert.Equal("api", next.Answer("shop.test", "/new"));
    }

    [Fact]
    public void Apply_ChangedSlice_TouchesNoRoutes()
    {
        var table = IngressRouteTable.Compile(s_snapshot);

        var next = table.Apply(new() { Upserted = [Some.Slice("t/web", 8080, "10.0.0.9")] });

        Assert.False(next.ChangesSince(table)!.AffectRoutes);
        Assert.Same(table.Routes, next.Routes);
        Assert.Equal([new("t", "web")], next.ChangesSince(table)!.Services);
        Assert.Equal("10.0.0.9:8080", Assert.Single(next.GetDestinations(Port("web")).Ready).ToString());
        Assert.Same(table.GetDestinations(Port("api")), next.GetDestinations(Port("api")));
    }

    [Fact]
    public void Apply_RemovedIngress_GivesItsHostBack()
    {
        var claimant = Some.Ingress("u/late", [Some.Rule("shop.test", Some.Prefix("/", "late"))], ageSeconds: 5);
        var table = IngressRouteTable.Compile(s_snapshot with { Ingresses = [s_shop, claimant] });

        var next = table.Apply(new() { Removed = [s_shop.Reference] });

        Assert.Equal("web", table.Answer("shop.test", "/"));
        Assert.Equal("late", next.Answer("shop.test", "/"));
        Assert.Contains(claimant.Reference, next.ChangesSince(table)!.Resources);
        Assert.Contains(table.DiagnosticsOf(claimant.Reference), item => item.Id == IngressDiagnosticIds.PathConflict);
        Assert.DoesNotContain(next.DiagnosticsOf(claimant.Reference), item => item.Id == IngressDiagnosticIds.PathConflict);
    }

    // D4: a missing namespace means 'default'; a class has no namespace, whatever somebody writes.
    [Fact]
    public void Apply_RemovedWithoutNamespace_TakesOutOfTheDefaultNamespace()
    {
        var snapshot = new ClusterSnapshot { Ingresses = [Some.Ingress("web", [Some.Rule("a.test", Some.Prefix("/"))])], IngressClasses = [Some.Class("ours")] };
        var change = new ClusterChange { Removed = [new("Ingress", null, "web"), new("IngressClass", "default", "ours")] };

        var table = IngressRouteTable.Compile(snapshot).Apply(change);

        Assert.Equal("404", table.Answer("a.test", "/"));
        Assert.Empty(table.Snapshot.IngressClasses);
        Assert.Empty(RandomCluster.All(snapshot.Apply(change)));
    }

    [Fact]
    public void Apply_ChangedClass_CompilesEverythingAnew()
    {
        var options = new RouteTableOptions { ControllerName = "example.com/ours" };
        var ours = s_shop with { IngressClassName = "web" };
        var table = IngressRouteTable.Compile(new() { Ingresses = [ours] }, options);

        var next = table.Apply(new() { Upserted = [Some.Class("web", "example.com/ours")] });

        Assert.Equal("404", table.Answer("shop.test", "/"));
        Assert.Equal("web", next.Answer("shop.test", "/"));
        Assert.Null(next.ChangesSince(table));
    }

    [Fact]
    public void ChangesSince_TableThatIsNotThePredecessor_IsUnknown()
    {
        var table = IngressRouteTable.Compile(s_snapshot);
        var second = table.Apply(ClusterChange.None);
        var third = second.Apply(ClusterChange.None);

        Assert.Null(third.ChangesSince(table));
        Assert.Null(table.ChangesSince(second));
        Assert.Empty(third.ChangesSince(second)!.Resources);
        Assert.Empty(third.ChangesSince(third)!.Resources);
    }

    [Fact]
    public void Between_TwoSnapshots_LeadsFromOneToTheOther()
    {
        var random = new Random(7);
        var cluster = new RandomCluster(random);
        var before = ClusterSnapshot.Empty;
        for (var i = 0; i < 500; i++)
        {
            var after = before.Apply(cluster.Change(before)).Apply(cluster.Change(before));
            Assert.Equal(Objects(after), Objects(before.Apply(ClusterChange.Between(before, after))));
            before = after;
        }
    }

    [Fact]
    public void Then_TwoChanges_HasTheEffectOfBoth()
    {
        var random = new Random(8);
        var cluster = new RandomCluster(random);
        var snapshot = ClusterSnapshot.Empty;
        for (var i = 0; i < 500; i++)
        {
            var (first, second) = (cluster.Change(snapshot), cluster.Change(snapshot));
            var expected = snapshot.Apply(first).Apply(second);
            Assert.Equal(Objects(expected), Objects(snapshot.Apply(first.Then(second))));
            snapshot = expected;
        }
    }

    private static ServiceReference Port(string service) => new(new("t", service), new() { Number = 80 });

    private static HashSet<KubernetesResource> Objects(ClusterSnapshot snapshot)
        => RandomCluster.All(snapshot).ToHashSet<KubernetesResource>(ReferenceEqualityComparer.Instance);
}

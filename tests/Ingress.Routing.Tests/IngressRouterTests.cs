
namespace Ingress.Routing.Tests;

public sealed class IngressRouterTests
{
    [Fact]
    public void Current_BeforeThePublishing_IsEmpty()
    {
        var router = new IngressRouter();

        Assert.Same(IngressRouteTable.Empty, router.Current);
        Assert.False(router.HasPublished);
        Assert.Equal(IngressMatchStatus.NotFound, router.Current.Match("h.test", "/").Status);
    }

    [Fact]
    public void Publish_Table_IsCurrentAtOnce()
    {
        var router = new IngressRouter();
        var table = NewTable();

        router.Publish(table);

        Assert.Same(table, router.Current);
        Assert.True(router.HasPublished);
    }

    [Fact]
    public void Publish_EmptyTable_CountsAsPublished()
    {
        var router = new IngressRouter();

        router.Publish(IngressRouteTable.Empty);

        Assert.True(router.HasPublished);
    }

    [Fact]
    public void Generation_EachPublishing_HasTheNextNumber()
    {
        var router = new IngressRouter();
        var (first, second) = (NewTable(), NewTable());
        var before = router.Generation;

        router.Publish(first);
        var kept = router.Generation;
        router.Publish(second);
        router.Publish(first);

        Assert.Equal((0, IngressRouteTable.Empty), (before.Number, before.Table));
        Assert.Equal((1, first), (kept.Number, kept.Table));
        Assert.Equal((3, first), (router.Generation.Number, router.Generation.Table));
    }

    [Fact]
    public void Publish_Null_Throws() => Assert.Throws<ArgumentNullException>(() => new IngressRouter().Publish(null!));

    [Fact]
    public void OnPublished_BeforeThePublishing_WaitsForIt()
    {
        var router = new IngressRouter();
        List<IngressRouteTable> seen = [];

        using var registration = router.OnPublished(seen.Add);

        Assert.Empty(seen);
        var table = NewTable();
        router.Publish(table);
        Assert.Same(table, Assert.Single(seen));
    }

    [Fact]
    public void OnPublished_AfterThePublishing_IsCalledAtOnce()
    {
        var router = new IngressRouter();
        var table = NewTable();
        router.Publish(table);
        List<IngressRouteTable> seen = [];

        using var registration = router.OnPublished(seen.Add);

        Assert.Same(table, Assert.Single(seen));
    }

    [Fact]
    public void OnPublished_Listeners_AreCalledInTheOrderOfRegistrationWithTheTableInForce()
    {
        var router = new IngressRouter();
        List<string> calls = [];
        using var first = router.OnPublished(table => calls.Add($"first {ReferenceEquals(table, router.Current)}"));
        using var second = router.OnPublished(table => calls.Add($"second {ReferenceEquals(table, router.Current)}"));

        router.Publish(NewTable());

        Assert.Equal(["first True", "second True"], calls);
    }

    [Fact]
    public void OnPublished_Disposed_IsNotCalledAgain()
    {
        var router = new IngressRouter();
        var calls = 0;
        Action<IngressRouteTable> listener = _ => calls++;
        var one = router.OnPublished(listener);
        using var same = router.OnPublished(listener);

        one.Dispose();
        one.Dispose(); // removes one registration, not both
        router.Publish(NewTable());

        Assert.Equal(1, calls);
    }

    [Fact]
    public void OnPublished_Null_Throws() => Assert.Throws<ArgumentNullException>(() => new IngressRouter().OnPublished(null!));

    private static IngressRouteTable NewTable() => IngressRouteTable.Compile(ClusterSnapshot.Empty);
}


namespace Ingress.Routing.Hosting.Tests;

public sealed class TablePublisherTests
{
    // A signal may come after its change was taken together with an earlier one.
    [Fact]
    public void Publish_NothingNew_LeavesTheTableInForce()
    {
        var router = new IngressRouter();
        var logger = new ListLogger<TablePublisher>();
        var publisher = new TablePublisher(router, RouteTableOptions.Default, TimeProvider.System, new IngressReloadMetrics(router), logger);
        publisher.Gather(() => new() { Upserted = [Some.Service("shop/web")] });
        publisher.Publish();
        var table = router.Current;
        var logged = logger.Entries.Count;

        publisher.Gather(() => ClusterChange.None);
        publisher.Publish();

        Assert.Same(table, router.Current);
        Assert.Equal(logged, logger.Entries.Count);
    }

    [Fact]
    public void Publish_NothingAtAll_PutsAnEmptyTableInForce()
    {
        var router = new IngressRouter();
        var publisher = new TablePublisher(
            router, RouteTableOptions.Default, TimeProvider.System, new IngressReloadMetrics(router), new ListLogger<TablePublisher>());

        publisher.Publish();

        Assert.True(router.HasPublished);
    }
}

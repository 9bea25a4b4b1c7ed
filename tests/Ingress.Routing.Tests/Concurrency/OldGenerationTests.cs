using System.Runtime.CompilerServices;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Concurrency;

/// <summary>Nothing holds a table that is no longer in force, nor what a change has taken out of it.</summary>
public sealed class OldGenerationTests
{
    [Fact]
    public void Apply_SeveralTimes_LeavesOldTablesAndObjectsToTheCollector()
    {
        var router = new IngressRouter();
        var (tables, objects) = PublishGenerations(router);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.All(tables.SkipLast(1), static table => Assert.False(table.IsAlive));
        Assert.All(objects.SkipLast(1), static item => Assert.False(item.IsAlive));
        Assert.Same(router.Current, tables[^1].Target);
        Assert.True(objects[^1].IsAlive);
    }

    // A method of its own, so that nothing is left on the stack.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (List<WeakReference> Tables, List<WeakReference> Objects) PublishGenerations(IngressRouter router)
    {
        var (tables, objects) = (new List<WeakReference>(), new List<WeakReference>());
        using var registration = router.OnPublished(table => tables.Add(new(table)));
        router.Publish(IngressRouteTable.Compile(Some.Snapshot(Some.Ingress("shop/other", [Some.Rule("other.test", Some.Prefix("/"))]))));
        for (var i = 0; i < 10; i++)
        {
            var changed = Some.Ingress("shop/a", [Some.Rule($"a{i}.test", Some.Prefix("/", $"web{i}"))]);
            objects.Add(new(changed));
            router.Publish(router.Current.Apply(new()
            {
                Upserted = [changed, Some.Service($"shop/web{i}"), Some.Slice($"shop/web{i}", 80, "10.0.0.1")],
                Removed = [new("Service", "shop", $"web{i - 1}"), new("EndpointSlice", "shop", $"web{i - 1}-slice")],
            }));

            // What is put together only when asked for must hold nothing either.
            Assert.NotEmpty(router.Current.Routes);
            Assert.NotEmpty(router.Current.Snapshot.Ingresses);
            Assert.NotNull(router.Current.Diagnostics);
        }

        return (tables, objects);
    }
}

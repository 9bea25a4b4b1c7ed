using FsCheck.Xunit;

namespace Ingress.Routing.Hosting.Tests;

public sealed class PendingChangeTests
{
    [Fact]
    public void ToChange_OneChange_IsThatChange()
    {
        var pending = new PendingChange();
        var change = new ClusterChange { Upserted = [Some.Service("shop/web")] };

        pending.Add(change);

        Assert.Same(change, pending.ToChange());
    }

    [Fact]
    public void Clear_LeavesNothing()
    {
        var pending = new PendingChange();
        pending.Add(new() { Upserted = [Some.Service("shop/a")] });
        pending.Add(new() { Upserted = [Some.Service("shop/b")], SourceDiagnostics = [] });

        pending.Clear();

        Assert.True(pending.ToChange().IsEmpty);
    }

    // D4: a missing namespace means 'default', also for what is removed.
    [Fact]
    public void ToChange_RemovedWithoutNamespace_IsNotPutInAgain()
    {
        var service = Some.Service("web");
        var pending = new PendingChange();
        pending.Add(new() { Upserted = [service] });
        pending.Add(new() { Removed = [new("Service", null, "web")] });

        Assert.Empty(ClusterSnapshot.Empty.Apply(pending.ToChange()).Services);
    }

    [Property(MaxTest = 300)]
    public void ToChange_AnyChanges_HasTheEffectOfAll(int seed)
    {
        var pool = new ObjectPool(new Random(seed));
        var snapshot = ClusterSnapshot.Empty.Apply(pool.Change());
        var expected = snapshot;
        var pending = new PendingChange();

        for (var i = 0; i < 10; i++)
        {
            var change = pool.Change();
            pending.Add(change);
            expected = expected.Apply(change);

            Assert.True(ClusterChange.Between(expected, snapshot.Apply(pending.ToChange())).IsEmpty);
        }
    }
}

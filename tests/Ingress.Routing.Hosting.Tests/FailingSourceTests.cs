using Ingress.Routing.Model;

namespace Ingress.Routing.Hosting.Tests;

/// <summary>A source that fails, whenever it is asked for something: the table in force stays in force.</summary>
public sealed class FailingSourceTests
{
    private static readonly ResourceReference s_shop = new("Ingress", "shop", "a.test");

    public static TheoryData<FailingMoment> Moments => [.. Enum.GetValues<FailingMoment>()];

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Watch_FailsOnceItHasYielded_KeepsTheTableAndGoesOn(FailingMoment moment)
    {
        var source = new FailingSource();
        await using var harness = new ReloadHarness(source);
        harness.Start();
        source.Yield(ReloadHarness.SnapshotWith("a.test"));
        await harness.TablesPublished(1);

        source.FailAt(moment);
        await harness.AdvanceUntil(() => source.Failures >= 3, "three failures", TimeSpan.FromSeconds(1));
        Assert.True(harness.Serves("a.test"));
        Assert.Single(harness.Published);
        Assert.NotEmpty(harness.Logger.Messages("SourceFailed"));

        source.FailAt(null);
        source.Yield(ReloadHarness.SnapshotWith("a.test", "b.test"));
        await harness.AdvanceUntil(() => harness.Serves("b.test"), "the change after the recovery", TimeSpan.FromSeconds(1));
        Assert.All(harness.Published, table => Assert.Equal(IngressMatchStatus.Rule, table.Match("a.test", "/").Status));
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Watch_FailsFromTheBeginning_IsNotReadyUntilItWorks(FailingMoment moment)
    {
        var source = new FailingSource();
        source.FailAt(moment);
        await using var harness = new ReloadHarness(source, new FixedIngressSource(ReloadHarness.SnapshotWith("b.test")));
        harness.Start();
        await harness.AdvanceUntil(() => harness.StartTask.IsCompleted, "the start", TimeSpan.FromSeconds(1));
        Assert.False(harness.Router.HasPublished);

        source.FailAt(null);
        source.Yield(ReloadHarness.SnapshotWith("a.test"));
        await harness.AdvanceUntil(() => harness.Serves("a.test") && harness.Serves("b.test"), "the first table", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Watch_ChangeHoldsNull_IsAFailureAndNothingIsTakenOut()
    {
        var source = new ScriptedChangeSource();
        await using var harness = new ReloadHarness(source);
        harness.Start();
        source.Upsert([.. ReloadHarness.SnapshotWith("a.test").Ingresses]);
        await harness.TablesPublished(1);

        Func<ClusterChange>[] broken =
        [
            static () => new() { Removed = null! }, // fails in the source itself
            static () => new() { Upserted = null! },
            static () => new() { Upserted = [null!] },
            static () => new() { Removed = [s_shop], SourceDiagnostics = [null!] },
        ];
        foreach (var change in broken)
        {
            source.Make(change);
        }

        await harness.AdvanceUntil(() => source.Watches > broken.Length, "another try", TimeSpan.FromSeconds(1));
        Assert.True(harness.Serves("a.test"));
        source.Upsert([.. ReloadHarness.SnapshotWith("a.test", "b.test").Ingresses]);
        await harness.AdvanceUntil(() => harness.Serves("b.test"), "the recovery", TimeSpan.FromSeconds(1));
        Assert.True(harness.Serves("a.test"));
    }

    [Fact]
    public async Task Stop_SourceDoesNotHeedTheToken_IsNotHeldUp()
    {
        using var released = new ManualResetEventSlim();
        await using var harness = new ReloadHarness(new HangingSource(released));
        harness.Start();

        var stopping = harness.StopAsync();
        await harness.AdvanceUntil(() => stopping.IsCompleted, "the end");

        released.Set();
    }

    private sealed class HangingSource(ManualResetEventSlim released) : IIngressSource
    {
        public IAsyncEnumerable<ClusterSnapshot> WatchAsync(CancellationToken cancellationToken)
        {
            released.Wait(CancellationToken.None);
            throw new OperationCanceledException(cancellationToken);
        }
    }
}

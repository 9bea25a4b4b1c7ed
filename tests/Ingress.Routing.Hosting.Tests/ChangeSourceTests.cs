using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Hosting.Tests;

/// <summary>Sources that say what has changed.</summary>
public sealed class ChangeSourceTests
{
    [Fact]
    public async Task Publish_Changes_AreApplied()
    {
        var source = new ScriptedChangeSource();
        await using var harness = new ReloadHarness(source);
        harness.Start();

        source.Upsert(IngressOf("a.test"), IngressOf("b.test"));
        await harness.TablesPublished(1);
        source.Yield(new() { Upserted = [IngressOf("c.test")], Removed = [IngressOf("a.test").Reference] });
        await harness.AdvanceUntil(() => harness.Serves("c.test"), "the second item");

        Assert.False(harness.Serves("a.test"));
        Assert.True(harness.Serves("b.test"));
    }

    [Fact]
    public async Task Publish_FirstChangeAfterAQuietTime_DoesNotWait()
    {
        var source = new ScriptedChangeSource();
        await using var harness = new ReloadHarness(new IngressRoutingOptions { ReloadDelay = TimeSpan.FromSeconds(10) }, source);
        harness.Start();
        source.Upsert(IngressOf("a.test"));
        await harness.TablesPublished(1);
        await harness.StartTask.WaitAsync(TimeSpan.FromSeconds(30));
        harness.Time.Advance(TimeSpan.FromSeconds(10));

        // The clock stands still from here on.
        source.Upsert(IngressOf("b.test"));
        await Eventually.Holds(() => harness.Serves("b.test"), "the change");

        source.Upsert(IngressOf("c.test"));
        source.Upsert(IngressOf("d.test"));
        await harness.AdvanceUntil(
            () => harness.Serves("c.test") && harness.Serves("d.test"), "the changes on its heels", TimeSpan.FromSeconds(1));

        Assert.InRange(harness.Time.GetUtcNow() - harness.Time.Start, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Watch_SourceFails_WhatVanishedMeanwhileGoes()
    {
        var source = new ScriptedChangeSource();
        await using var harness = new ReloadHarness(source);
        harness.Start();
        var kept = IngressOf("kept.test");
        source.Yield(new() { Upserted = [IngressOf("gone.test"), kept], SourceDiagnostics = [Diagnostic("old")] });
        await harness.TablesPublished(1);

        source.Fail(new IOException("connection lost"));
        source.Upsert(kept, IngressOf("new.test"));
        await harness.AdvanceUntil(() => harness.Serves("new.test"), "the first item of the second enumeration");

        Assert.Equal(2, source.Watches);
        Assert.True(harness.Serves("kept.test"));
        Assert.False(harness.Serves("gone.test"));
        Assert.Empty(harness.Router.Current.Snapshot.SourceDiagnostics);
        Assert.Same(kept, harness.Router.Current.Snapshot.Ingresses.Single(ingress => ingress.Name.Name == "kept.test"));
    }

    [Fact]
    public async Task Watch_SourceFailsBesideAnother_WhatVanishedMeanwhileGoes()
    {
        var (first, second) = (new ScriptedChangeSource(), new ScriptedSource());
        await using var harness = new ReloadHarness(first, second);
        harness.Start();
        first.Upsert(IngressOf("gone.test"), IngressOf("shared.test"));
        second.Yield(ReloadHarness.SnapshotWith("shared.test", "second.test"));
        await harness.TablesPublished(1);
        Assert.Single(harness.Router.Current.Snapshot.SourceDiagnostics);

        first.Fail(new IOException("connection lost"));
        first.Upsert(IngressOf("new.test"));
        await harness.AdvanceUntil(() => harness.Serves("new.test"), "the first item of the second enumeration");

        Assert.False(harness.Serves("gone.test"));
        Assert.True(harness.Serves("shared.test"));
        Assert.True(harness.Serves("second.test"));
        Assert.Empty(harness.Router.Current.Snapshot.SourceDiagnostics);
    }

    [Fact]
    public async Task Watch_ChangeHoldsNull_IsAFailureAndStartsAnew()
    {
        var source = new ScriptedChangeSource();
        await using var harness = new ReloadHarness(source);
        harness.Start();
        source.Upsert(IngressOf("a.test"));
        await harness.TablesPublished(1);

        source.Upsert(IngressOf("b.test"), null!);
        source.Upsert(IngressOf("c.test"));
        await harness.AdvanceUntil(() => harness.Serves("c.test"), "the next enumeration");

        Assert.Single(harness.Logger.Messages("SourceFailed"));
        Assert.False(harness.Serves("a.test"));
        Assert.False(harness.Serves("b.test"));
    }

    [Fact]
    public async Task Publish_CompilationThrows_LaterChangesBuildOnWhatCouldNotBePublished()
    {
        var source = new ScriptedChangeSource();
        await using var harness = new ReloadHarness(source);
        harness.Start();
        source.Upsert(IngressOf("a.test"));
        await harness.TablesPublished(1);

        source.Upsert(IngressOf("b.test"), IngressOf("bad.test") with { Rules = null! });
        await harness.AdvanceUntil(() => harness.Logger.Messages("CompilationFailed").Any(), "the failure to be logged");
        Assert.True(harness.Serves("a.test"));

        source.Upsert(IngressOf("bad.test"));
        await harness.AdvanceUntil(() => harness.Serves("bad.test"), "the next table");
        Assert.True(harness.Serves("b.test"));
    }

    [Fact]
    public async Task Publish_ApplyThrows_CompilesAnewAndSaysSo()
    {
        var source = new ScriptedChangeSource();
        await using var harness = new ReloadHarness(source);
        harness.Start();
        source.Upsert(IngressOf("a.test"));
        await harness.TablesPublished(1);

        source.Upsert(IngressOf("b.test") with { Rules = new ThrowsOnce<IngressRule>(IngressOf("b.test").Rules) });
        await harness.AdvanceUntil(() => harness.Serves("b.test"), "the table");

        Assert.True(harness.Serves("a.test"));
        Assert.Single(harness.Logger.Messages("ApplyFailed"));
        Assert.Empty(harness.Logger.Messages("CompilationFailed"));
    }

    [Fact]
    public async Task WatchAsync_NotImplemented_FollowsFromTheChanges()
    {
        var source = new ScriptedChangeSource();
        var (a, b) = (IngressOf("a.test"), IngressOf("b.test"));
        source.Upsert(a);
        source.Yield(new() { Upserted = [b], Removed = [a.Reference], SourceDiagnostics = [Diagnostic("new")] });

        var snapshots = await ((IIngressSource)source).WatchAsync(CancellationToken.None).Take(2).ToListAsync();

        Assert.Equal([a], snapshots[0].Ingresses);
        Assert.Equal([b], snapshots[1].Ingresses);
        Assert.Single(snapshots[1].SourceDiagnostics);
    }

    [Fact]
    public async Task Publish_ManyChanges_LeavesOldTablesToTheCollector()
    {
        var source = new ScriptedChangeSource();
        var router = new IngressRouter();
        var tables = new List<WeakReference>();
        using var registration = router.OnPublished(table => tables.Add(new(table)));
        using var service = new IngressReloadService(
            router,
            [source, new FixedIngressSource(ReloadHarness.SnapshotWith("fixed.test"))],
            Microsoft.Extensions.Options.Options.Create(new IngressRoutingOptions { ReloadDelay = TimeSpan.Zero }),
            new IngressReloadMetrics(router),
            TimeProvider.System,
            new ListLogger<IngressReloadService>());
        source.Upsert(IngressOf("0.test"));
        await service.StartAsync(CancellationToken.None);
        for (var i = 1; i <= 10; i++)
        {
            source.Yield(new() { Upserted = [IngressOf($"{i}.test")], Removed = [IngressOf($"{i - 1}.test").Reference] });
            await Eventually.Holds(() => router.Current.Match($"{i}.test", "/").Status == IngressMatchStatus.Rule, $"table {i}");
        }

        // The loop may be about to leave the last table but one.
        await Eventually.Holds(
            () =>
            {
                GC.Collect();
                return tables.Count(static table => table.IsAlive) == 1;
            },
            "all tables but the one in force to be collected");

        Assert.Same(router.Current, tables[^1].Target);
        await service.StopAsync(CancellationToken.None);
    }

    private static IngressResource IngressOf(string host) => ReloadHarness.SnapshotWith(host).Ingresses[0];

    private static IngressDiagnostic Diagnostic(string message)
        => new() { Id = IngressDiagnosticIds.UnreadableManifest, Severity = IngressDiagnosticSeverity.Error, Message = message };

    /// <summary>A list that whoever reads it first cannot read.</summary>
    private sealed class ThrowsOnce<T>(IReadOnlyList<T> items) : IReadOnlyList<T>
    {
        private int _reads;

        public int Count => Read().Count;

        public T this[int index] => Read()[index];

        public IEnumerator<T> GetEnumerator() => Read().GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

        private IReadOnlyList<T> Read()
            => Interlocked.Increment(ref _reads) == 1 ? throw new InvalidOperationException("Not now.") : items;
    }
}

using Ingress.Routing.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Hosting.Tests;

public sealed class IngressReloadServiceTests
{
    [Fact]
    public async Task Start_NoSources_PublishesAnEmptyTableAtOnce()
    {
        await using var harness = new ReloadHarness();

        harness.Start();

        await harness.TablesPublished(1);
        Assert.Empty(harness.Router.Current.Routes);
        await harness.StartTask.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Start_FixedSnapshot_IsInForceWhenTheStartCompletes()
    {
        await using var harness = new ReloadHarness(new FixedIngressSource(ReloadHarness.SnapshotWith("a.test")));

        harness.Start();
        await harness.StartTask.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(harness.Serves("a.test"));
    }

    [Fact]
    public async Task Start_SilentSource_WaitsForItsTimeAndSaysSo()
    {
        await using var harness = new ReloadHarness(new ScriptedSource());

        harness.Start();
        await harness.AdvanceUntil(() => harness.StartTask.IsCompleted, "the start to give up waiting");

        Assert.False(harness.Router.HasPublished);
        Assert.InRange(harness.Time.GetUtcNow() - harness.Time.Start, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5));
        Assert.Contains("ScriptedSource", Assert.Single(harness.Logger.Messages("StartedWithoutTable")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_SeveralSources_WaitsForTheFirstSnapshotOfEach()
    {
        var (first, second) = (new ScriptedSource(), new ScriptedSource());
        await using var harness = new ReloadHarness(first, second);
        harness.Start();

        first.Yield(ReloadHarness.SnapshotWith("a.test"));
        first.Yield(ReloadHarness.SnapshotWith("a.test", "b.test"));
        await Eventually.Holds(() => first.Watches == 1 && second.Watches == 1, "both to be watched");
        second.Yield(ReloadHarness.SnapshotWith("c.test"));
        await harness.TablesPublished(1);
        await harness.AdvanceUntil(() => harness.Serves("b.test"), "the second snapshot of the first source");

        Assert.All(harness.Published, table => Assert.Equal(IngressMatchStatus.Rule, table.Match("a.test", "/").Status));
        Assert.All(harness.Published, table => Assert.Equal(IngressMatchStatus.Rule, table.Match("c.test", "/").Status));
    }

    [Fact]
    public async Task Publish_ManyChangesWithinTheDelay_CompilesOnce()
    {
        var source = new ScriptedSource();
        await using var harness = new ReloadHarness(new IngressRoutingOptions { ReloadDelay = TimeSpan.FromSeconds(10) }, source);
        harness.Start();
        source.Yield(ReloadHarness.SnapshotWith("first.test"));
        await harness.TablesPublished(1);

        for (var i = 0; i < 100; i++)
        {
            source.Yield(ReloadHarness.SnapshotWith($"h{i}.test"));
        }

        await harness.AdvanceUntil(() => harness.Serves("h99.test"), "the last change");

        // The clock moves while the source yields, so a second window may open; a hundred compilations would mean no window at all.
        Assert.InRange(harness.Published.Count, 2, 4);
    }

    [Fact]
    public async Task Publish_BeforeTheDelayIsOver_KeepsTheTable()
    {
        var source = new ScriptedSource();
        await using var harness = new ReloadHarness(new IngressRoutingOptions { ReloadDelay = TimeSpan.FromSeconds(10) }, source);
        harness.Start();
        source.Yield(ReloadHarness.SnapshotWith("first.test"));
        await harness.TablesPublished(1);
        var published = harness.Time.GetUtcNow();

        source.Yield(ReloadHarness.SnapshotWith("second.test"));
        await harness.AdvanceUntil(() => harness.Serves("second.test"), "the second table");

        Assert.True(harness.Time.GetUtcNow() - published >= TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Publish_SameSnapshotAgain_DoesNotCompile()
    {
        var source = new ScriptedSource();
        await using var harness = new ReloadHarness(source);
        harness.Start();
        var snapshot = ReloadHarness.SnapshotWith("a.test");
        source.Yield(snapshot);
        await harness.TablesPublished(1);

        source.Yield(snapshot);
        source.Yield(ReloadHarness.SnapshotWith("b.test"));
        await harness.AdvanceUntil(() => harness.Serves("b.test"), "the change");

        Assert.Equal(2, harness.Published.Count);
    }

    [Fact]
    public async Task Watch_SourceThrows_KeepsTheLastGoodSnapshotAndTriesAgain()
    {
        var source = new ScriptedSource();
        await using var harness = new ReloadHarness(source);
        harness.Start();
        source.Yield(ReloadHarness.SnapshotWith("a.test"));
        await harness.TablesPublished(1);

        source.Fail(new IOException("disk on fire"));
        await harness.AdvanceUntil(() => source.Watches == 2, "another try");
        Assert.True(harness.Serves("a.test"));

        source.Yield(ReloadHarness.SnapshotWith("b.test"));
        await harness.AdvanceUntil(() => harness.Serves("b.test"), "the recovery");
        Assert.Single(harness.Logger.Messages("SourceRecovered"));
    }

    [Fact]
    public async Task Watch_SameFailureAgainAndAgain_IsLoggedOnceAndBacksOff()
    {
        var source = new ScriptedSource();
        await using var harness = new ReloadHarness(source);
        for (var i = 0; i < 10; i++)
        {
            source.Fail(new IOException("disk on fire"));
        }

        source.Fail(new IOException("disk is gone"));
        harness.Start();
        await harness.AdvanceUntil(() => source.Watches == 12, "twelve tries", TimeSpan.FromSeconds(1));

        Assert.Equal(2, harness.Logger.Messages("SourceFailed").Count());

        // 1 + 2 + 4 + 8 + 16 s, and then 30 s each.
        Assert.True(harness.Time.GetUtcNow() - harness.Time.Start >= TimeSpan.FromSeconds(31 + (6 * 30)));
    }

    [Fact]
    public async Task Watch_SourceEnds_IsAFailure()
    {
        var source = new ScriptedSource();
        await using var harness = new ReloadHarness(source);
        harness.Start();
        source.Yield(ReloadHarness.SnapshotWith("a.test"));
        await harness.TablesPublished(1);

        source.End();
        await harness.AdvanceUntil(() => source.Watches == 2, "another try");

        Assert.Single(harness.Logger.Messages("SourceFailed"));
        Assert.True(harness.Serves("a.test"));
    }

    [Fact]
    public async Task Watch_OneSourceFails_TheOthersGoOn()
    {
        var (broken, working) = (new ScriptedSource(), new ScriptedSource());
        await using var harness = new ReloadHarness(broken, working);
        harness.Start();
        broken.Yield(ReloadHarness.SnapshotWith("broken.test"));
        working.Yield(ReloadHarness.SnapshotWith("a.test"));
        await harness.TablesPublished(1);

        broken.Fail(new IOException("disk on fire"));
        working.Yield(ReloadHarness.SnapshotWith("b.test"));
        await harness.AdvanceUntil(() => harness.Serves("b.test"), "the change of the working source");

        Assert.True(harness.Serves("broken.test"));
    }

    [Fact]
    public async Task Publish_CompilationThrows_KeepsTheLastGoodTableAndGoesOn()
    {
        var source = new ScriptedSource();
        await using var harness = new ReloadHarness(source);
        harness.Start();
        source.Yield(ReloadHarness.SnapshotWith("a.test"));
        await harness.TablesPublished(1);

        source.Yield(new ClusterSnapshot { Ingresses = null! });
        await harness.AdvanceUntil(() => harness.Logger.Messages("CompilationFailed").Any(), "the failure to be logged");
        Assert.True(harness.Serves("a.test"));

        source.Yield(ReloadHarness.SnapshotWith("b.test"));
        await harness.AdvanceUntil(() => harness.Serves("b.test"), "the next table");
    }

    [Fact]
    public async Task Publish_JudgesCertificatesByTheClock()
    {
        await using var harness = new ReloadHarness();
        harness.Start();
        await harness.TablesPublished(1);

        Assert.Equal(harness.Time.Start, harness.Router.Current.Options.CertificatesEvaluatedAt);
    }

    [Fact]
    public async Task Log_Diagnostics_EachOnceUntilItIsGone()
    {
        var source = new ScriptedSource();
        await using var harness = new ReloadHarness(source);
        harness.Start();
        var invalid = Some.Ingress("shop/invalid", [Some.Rule("NOT.A.HOST", Some.Prefix("/"))]);

        source.Yield(Some.Snapshot(invalid));
        await harness.TablesPublished(1);
        source.Yield(Some.Snapshot(invalid, Some.Ingress("shop/b", [Some.Rule("b.test", Some.Prefix("/"))])));
        await harness.AdvanceUntil(() => harness.Serves("b.test"), "the second table");
        Assert.Single(InvalidHostMessages());

        source.Yield(ReloadHarness.SnapshotWith("c.test"));
        await harness.AdvanceUntil(() => harness.Serves("c.test"), "the third table");
        source.Yield(Some.Snapshot(invalid, Some.Ingress("shop/d", [Some.Rule("d.test", Some.Prefix("/"))])));
        await harness.AdvanceUntil(() => harness.Serves("d.test"), "the fourth table");
        await Eventually.Holds(() => harness.Logger.Messages("PublishedChange").Count() == 3, "each change to be logged");
        Assert.Equal("Published a table. Routes: 0, hosts: 0, errors: 1, warnings: 0.", Assert.Single(harness.Logger.Messages("Published")));
        Assert.Equal(
            "Published a change of Ingress/shop/invalid and 2 more. Errors now: 1, warnings: 1.",
            harness.Logger.Messages("PublishedChange").Last());
        Assert.Equal(2, InvalidHostMessages().Count());

        IEnumerable<string> InvalidHostMessages() => harness.Logger.Entries
            .Where(entry => entry.Level == LogLevel.Error && entry.Message.Contains(IngressDiagnosticIds.InvalidHost, StringComparison.Ordinal))
            .Select(entry => entry.Message);
    }

    [Fact]
    public async Task Stop_WhileWaitingForEverything_IsPrompt()
    {
        var source = new ScriptedSource();
        var harness = new ReloadHarness(new IngressRoutingOptions { ReloadDelay = TimeSpan.FromMinutes(1) }, source);
        harness.Start();
        source.Yield(ReloadHarness.SnapshotWith("a.test"));
        await harness.TablesPublished(1);
        source.Yield(ReloadHarness.SnapshotWith("b.test"));

        // The clock stands still, so only cancellation can end the delay.
        await harness.StopAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.False(harness.Serves("b.test"));
    }
}

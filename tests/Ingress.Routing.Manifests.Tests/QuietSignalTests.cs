using Microsoft.Extensions.Time.Testing;

namespace Ingress.Routing.Manifests.Tests;

public sealed class QuietSignalTests
{
    private static readonly ManifestWatchOptions s_options = ManifestWatchOptions.Default;

    private readonly FakeTimeProvider _time = new();
    private readonly QuietSignal _signal;

    public QuietSignalTests()
    {
        _signal = new(_time, s_options);
        _time.Advance(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task WaitAsync_BriefIsEnough_IsBrief()
    {
        _signal.Raise();

        var (kind, elapsed) = await WaitAsync(static () => s_options.BriefQuietTime);

        Assert.Equal(QuietKind.Brief, kind);
        Assert.InRange(elapsed, s_options.BriefQuietTime, s_options.QuietTime);
    }

    [Fact]
    public async Task WaitAsync_MoreIsNeededMeanwhile_WaitsLonger()
    {
        var asked = 0;
        _signal.Raise();

        var (kind, elapsed) = await WaitAsync(() => asked++ == 0 ? s_options.BriefQuietTime : s_options.QuietTime);

        Assert.Equal(QuietKind.Whole, kind);
        Assert.InRange(elapsed, s_options.QuietTime, s_options.LongestWait);
    }

    [Fact]
    public async Task WaitForWhole_AfterABriefOne_CountsFromTheLastChange()
    {
        _signal.Raise();
        var (_, first) = await WaitAsync(static () => s_options.BriefQuietTime);

        _signal.WaitForWhole();
        var (kind, second) = await WaitAsync(static () => s_options.BriefQuietTime);

        Assert.Equal(QuietKind.Whole, kind);
        Assert.InRange(first + second, s_options.QuietTime, s_options.LongestWait);
    }

    [Fact]
    public async Task WaitAsync_NeverQuiet_TakesNoLessThanTheWholeTimeAfterwards()
    {
        _signal.Raise();
        var (kind, elapsed) = await WaitAsync(static () => s_options.BriefQuietTime, _signal.Raise);
        Assert.Equal(QuietKind.None, kind);
        Assert.True(elapsed >= s_options.LongestWait);

        _signal.Raise();
        (kind, elapsed) = await WaitAsync(static () => s_options.BriefQuietTime);

        Assert.Equal(QuietKind.Whole, kind);
    }

    // The clock moves on while the one that waits sets its next timer, so the time is a little long.
    private async Task<(QuietKind Kind, TimeSpan Elapsed)> WaitAsync(Func<TimeSpan> needed, Action? meanwhile = null)
    {
        var started = _time.GetTimestamp();
        var waiting = _signal.WaitAsync(needed, CancellationToken.None);
        while (!waiting.IsCompleted)
        {
            meanwhile?.Invoke();
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Delay(1);
        }

        return (await waiting, _time.GetElapsedTime(started));
    }
}

using System.Diagnostics;

namespace Ingress.Routing.DataPlane.Steady;

/// <summary>Says when the next of a steady row is due. Used by one task.</summary>
internal sealed class Pace(TimeSpan interval)
{
    private long _due = Stopwatch.GetTimestamp();

    /// <summary>Waits until it is time. What was missed is not made up for.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var now = Stopwatch.GetTimestamp();
        _due = Math.Max(_due + (long)(interval.TotalSeconds * Stopwatch.Frequency), now);
        await Task.Delay(Stopwatch.GetElapsedTime(now, _due), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

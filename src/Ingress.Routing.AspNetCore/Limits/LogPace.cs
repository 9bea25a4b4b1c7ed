namespace Ingress.Routing.AspNetCore.Limits;

/// <summary>Keeps a flood of requests from becoming a flood of log lines. Thread-safe.</summary>
internal sealed class LogPace
{
    private const long MillisecondsPerLine = 10_000;

    private long _lastAt = -MillisecondsPerLine;

    /// <summary>Whether a line is due; for one caller at a time.</summary>
    public bool IsDue()
    {
        var last = Volatile.Read(ref _lastAt);
        var now = Environment.TickCount64;
        return now - last >= MillisecondsPerLine && Interlocked.CompareExchange(ref _lastAt, now, last) == last;
    }
}

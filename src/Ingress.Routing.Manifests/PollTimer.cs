namespace Ingress.Routing.Manifests;

/// <summary>Says when it is time to look at everything, whatever else goes on. Used by one thread; the action runs on another.</summary>
internal sealed class PollTimer : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private volatile bool _isDue;
    private long _started;
    private TimeSpan _interval;

    public PollTimer(TimeProvider time, Action onDue)
    {
        _time = time;
        _timer = time.CreateTimer(
            _ =>
            {
                _isDue = true;
                onDue();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether it is time.</summary>
    public bool IsDue => _isDue;

    /// <summary>Whether it was time since the last call.</summary>
    public bool TakeDue()
    {
        var isDue = _isDue;
        _isDue = false;
        return isDue;
    }

    /// <summary>Waits anew, since everything was looked at.</summary>
    public void Restart(TimeSpan interval)
    {
        _isDue = false;
        _started = _time.GetTimestamp();
        _interval = interval;
        _timer.Change(interval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits less, counted from the same moment.</summary>
    public void Hasten(TimeSpan interval)
    {
        if (interval < _interval)
        {
            var rest = interval - _time.GetElapsedTime(_started);
            _interval = interval;
            _timer.Change(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();
}

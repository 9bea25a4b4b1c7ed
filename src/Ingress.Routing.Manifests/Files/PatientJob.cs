using System.Diagnostics;

namespace Ingress.Routing.Manifests.Files;

/// <summary>One piece of work that may never end. Written by the thread that does it, read by others.</summary>
internal sealed class PatientJob<TItem, TResult>(TItem item)
{
    private volatile WorkPhase _phase;
    private volatile bool _isDone;
    private long _started;

    public TItem Item => item;

    /// <summary>When it was begun, or has last shown progress; zero when it was not begun.</summary>
    public long Started
    {
        get => Volatile.Read(ref _started);
        set => Volatile.Write(ref _started, value);
    }

    public WorkPhase Phase
    {
        get => _phase;
        set => _phase = value;
    }

    public bool IsDone => _isDone;

    /// <summary>What came of it; to be asked when it is done.</summary>
    public TResult? Result { get; private set; }

    /// <summary>Has the time count from now on.</summary>
    public void ShowProgress() => Started = Stopwatch.GetTimestamp();

    public void Finish(TResult result)
    {
        Result = result;
        _isDone = true;
    }
}

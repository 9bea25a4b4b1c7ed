namespace Ingress.Routing.Kubernetes.Leases;

/// <summary>One term of leading: it ends by itself when it is not renewed in time (K38).</summary>
internal sealed class Leadership : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _deadline;
    private readonly CancellationTokenSource _ended;
    private long _renewed;

    /// <param name="sent">When the request was sent by which the term began: the others count from later on.</param>
    /// <param name="deadline">How long it lasts without a renewal.</param>
    public Leadership(TimeProvider time, long sent, TimeSpan deadline)
    {
        _time = time;
        _deadline = deadline;
        _renewed = sent;
        _ended = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        Ended = _ended.Token;
        Schedule();
    }

    /// <summary>Cancelled when the term is over.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Whether it is still ours to write.</summary>
    // A process that stood still wakes up before its timers do: the clock is asked as well.
    public bool IsHeld => !Ended.IsCancellationRequested && _time.GetElapsedTime(Volatile.Read(ref _renewed)) < _deadline;

    /// <summary>Notes a renewal.</summary>
    /// <param name="sent">When its request was sent.</param>
    public void Renew(long sent)
    {
        Volatile.Write(ref _renewed, sent);
        Schedule();
    }

    /// <summary>Ends the term now.</summary>
    public void End() => _ended.Cancel();

    public void Dispose() => _ended.Dispose();

    private void Schedule()
    {
        var rest = _deadline - _time.GetElapsedTime(_renewed);
        _ended.CancelAfter(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
    }
}

using System.Globalization;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Cancels an attempt when the backend takes too long: to take a piece of the request, to begin its response, or to send a piece of it.</summary>
/// <remarks>One thing is waited for at a time, but for upgraded connections, where what happens either way counts.</remarks>
internal sealed class BackendTimer : IDisposable
{
    private readonly BackendTimeouts _timeouts;
    private readonly CancellationToken _outer;
    private readonly CancellationTokenSource _source;
    private volatile bool _isAnswered;
    private volatile bool _isDisposed;

    public BackendTimer(BackendTimeouts timeouts, CancellationToken outer)
    {
        _timeouts = timeouts;
        _outer = outer;
        _source = CancellationTokenSource.CreateLinkedTokenSource(outer);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the time was over, and nothing else.</summary>
    public bool HasExpired => _source.IsCancellationRequested && !_outer.IsCancellationRequested;

    /// <summary>What took too long.</summary>
    public string Cause { get; private set; } = "";

    /// <summary>What the attempt would be cancelled by without it.</summary>
    public CancellationToken Outer => _outer;

    /// <summary>The backend is to take a piece of the request.</summary>
    public void StartSending()
    {
        if (!_isAnswered)
        {
            Start(_timeouts.Send, "take the request");
        }
    }

    /// <summary>It has taken the piece.</summary>
    public void StopSending()
    {
        if (!_isAnswered)
        {
            Stop();
        }
    }

    /// <summary>The request is sent, and the backend is to begin its response.</summary>
    public void StartWaiting()
    {
        if (!_isAnswered)
        {
            Start(_timeouts.Read, "answer");
        }
    }

    /// <summary>The response has begun. What is still sent is not waited for from now on: the backend may not want it.</summary>
    public void Answer()
    {
        _isAnswered = true;
        Stop();
    }

    /// <summary>The backend is to send a piece of its response.</summary>
    public void StartReading() => Start(_timeouts.Read, "go on");

    /// <summary>It has sent the piece.</summary>
    public void Stop()
    {
        if (!_isDisposed)
        {
            _source.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        _source.Dispose();
    }

    private void Start(TimeSpan? time, string what)
    {
        if (time is not { } limit)
        {
            Stop();
            return;
        }

        Cause = string.Create(CultureInfo.InvariantCulture, $"The backend took longer than {limit.TotalSeconds:0.###} s to {what}.");
        _source.CancelAfter(limit);
    }
}

using System.Diagnostics;
using System.Globalization;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Cancels an attempt when the backend takes too long: to take a piece of the request, to begin its response, or to send a piece of it; or when all of it does.</summary>
/// <remarks>One thing is waited for at a time, but for upgraded connections, where what happens either way counts.</remarks>
internal sealed class BackendTimer : IDisposable
{
    private readonly BackendTimeouts _timeouts;
    private readonly BackendCall _call;
    private readonly CancellationToken _outer;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private volatile bool _isAnswered;
    private volatile bool _isReading;
    private volatile bool _isUpgraded;
    private volatile bool _isDisposed;
    private TimeSpan _limit;
    private string? _what;

    public BackendTimer(BackendTimeouts timeouts, BackendCall call, CancellationToken outer)
    {
        _timeouts = timeouts;
        _call = call;
        _outer = outer;
        _source = CancellationTokenSource.CreateLinkedTokenSource(outer);
        if (timeouts.Total is not null)
        {
            _registration = _source.Token.UnsafeRegister(static timer => ((BackendTimer)timer!).BreakOff(), this);
        }
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the time was over, and nothing else.</summary>
    public bool HasExpired => _source.IsCancellationRequested && !_outer.IsCancellationRequested;

    /// <summary>Whether what took too long is the request as a whole.</summary>
    public bool IsOver => _what is null;

    /// <summary>What took too long.</summary>
    public string Cause => _what is { } what
        ? string.Create(CultureInfo.InvariantCulture, $"The backend took longer than {_limit.TotalSeconds:0.###} s to {what}.")
        : string.Create(CultureInfo.InvariantCulture, $"The request took longer than {_limit.TotalSeconds:0.###} s in all.");

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
            Start(null, null);
        }
    }

    /// <summary>The request is sent, and the backend is to begin its response.</summary>
    public void StartWaiting()
    {
        if (!_isAnswered)
        {
            Start(_timeouts.FirstByte ?? _timeouts.Read, "answer");
        }
    }

    /// <summary>The response has begun. What is still sent is not waited for from now on: the backend may not want it.</summary>
    /// <param name="isUpgraded">Whether it is a connection that may go on for as long as it likes.</param>
    public void Answer(bool isUpgraded)
    {
        _isUpgraded = isUpgraded;
        _isAnswered = true;
        Start(null, null);
    }

    /// <summary>The backend is to send a piece of its response.</summary>
    public void StartReading()
    {
        _isReading = true;
        Start(_timeouts.Read, "go on");
    }

    /// <summary>It has sent the piece.</summary>
    public void Stop()
    {
        _isReading = false;
        if (!_isDisposed)
        {
            Start(null, null);
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        _registration.Dispose();
        _source.Dispose();
    }

    private void Start(TimeSpan? time, string? what)
    {
        if (_timeouts.Total is { } total && !_isUpgraded)
        {
            var left = total - Stopwatch.GetElapsedTime(_call.Start);
            if (time is not { } limit || left < limit)
            {
                (_limit, _what) = (total, null);
                _source.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
                return;
            }
        }

        if (time is { } given)
        {
            (_limit, _what) = (given, what);
        }

        _source.CancelAfter(time ?? Timeout.InfiniteTimeSpan);
    }

    // A client that takes nothing keeps everything waiting, this included. Where the backend is waited for, its reader breaks the response off.
    private void BreakOff()
    {
        if (_isAnswered && !_isReading && !_isUpgraded && !_isDisposed && HasExpired)
        {
            _call.Context.Abort();
        }
    }
}

using System.Runtime.CompilerServices;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Health;

/// <summary>How one endpoint has done of late. Thread-safe, without a lock.</summary>
/// <remarks>It hangs on the destination of YARP, which stays for as long as the endpoint does, whatever else changes in the table.</remarks>
internal sealed class EndpointState
{
    private const double LeastShare = 0.1;

    private static readonly ConditionalWeakTable<DestinationState, EndpointState> s_all = [];
    private static int s_warming;

    private int _asked;
    private int _answered;
    private int _failed;
    private long _latency;
    private int _failuresInRow;
    private long _warmFrom;
    private long _warmTime;

    /// <summary>Whether any endpoint at all is to get fewer requests than its share, so that looking for one is worth it.</summary>
    public static bool AnyIsWarming => Volatile.Read(ref s_warming) > 0;

    /// <summary>Whether it gets no requests because of those that it got.</summary>
    public bool IsAside { get; set; }

    /// <summary>Whether it gets none because of probes.</summary>
    public bool IsDown { get; set; }

    /// <summary>How often it was set aside without having been well for a while in between, for how long the last time, and when that ended.</summary>
    public (int Times, TimeSpan Last, long BackAt) Aside { get; set; }

    /// <summary>Good or bad probes in a row; bad ones are negative.</summary>
    public int Probes { get; set; }

    /// <summary>How many requests it had got by when, and has answered none since.</summary>
    public (int Count, long At) Unanswered { get; set; }

    public static EndpointState Of(DestinationState destination) => s_all.GetValue(destination, static _ => new());

    /// <summary>It is sent a request.</summary>
    public void Ask() => Interlocked.Increment(ref _asked);

    /// <summary>It has begun to answer.</summary>
    public void Answer(int status, TimeSpan latency)
    {
        Interlocked.Increment(ref _answered);
        Interlocked.Add(ref _latency, latency.Ticks);
        if (status >= 500)
        {
            Interlocked.Increment(ref _failed);
        }
    }

    /// <summary>It has answered well.</summary>
    public void Succeed()
    {
        if (Volatile.Read(ref _failuresInRow) != 0)
        {
            Volatile.Write(ref _failuresInRow, 0);
        }
    }

    /// <summary>It has failed.</summary>
    /// <param name="hasAnswered">Whether that was an answer.</param>
    /// <returns>How often it has failed in a row.</returns>
    public int Fail(bool hasAnswered)
    {
        if (!hasAnswered)
        {
            Interlocked.Increment(ref _answered);
            Interlocked.Increment(ref _failed);
        }

        return Interlocked.Increment(ref _failuresInRow);
    }

    /// <summary>So many failures are taken for granted, so that few more are needed.</summary>
    public void Doubt(int failures) => Volatile.Write(ref _failuresInRow, failures);

    /// <summary>How many requests have come to an end in the window so far.</summary>
    public int AnsweredSoFar => Volatile.Read(ref _answered);

    /// <summary>What there was since this was last asked.</summary>
    public EndpointWindow TakeWindow() => new(
        Interlocked.Exchange(ref _asked, 0), Interlocked.Exchange(ref _answered, 0), Interlocked.Exchange(ref _failed, 0), Interlocked.Exchange(ref _latency, 0));

    /// <summary>It is to get fewer requests than its share for a time.</summary>
    /// <param name="time">The time; zero gives it its share.</param>
    public void Warm(TimeSpan time)
    {
        if (time > TimeSpan.Zero)
        {
            Volatile.Write(ref _warmFrom, Environment.TickCount64);
            if (Interlocked.Exchange(ref _warmTime, Math.Max(1, (long)time.TotalMilliseconds)) == 0)
            {
                Interlocked.Increment(ref s_warming);
            }
        }
    }

    /// <summary>It is no longer one of those that are warmed.</summary>
    public void EndWarming()
    {
        if (Interlocked.Exchange(ref _warmTime, 0) != 0)
        {
            Interlocked.Decrement(ref s_warming);
        }
    }

    /// <summary>Which part of its share it is to get, up to one.</summary>
    public double ShareNow()
    {
        var time = Volatile.Read(ref _warmTime);
        if (time == 0)
        {
            return 1;
        }

        var passed = Environment.TickCount64 - Volatile.Read(ref _warmFrom);
        if (passed < time)
        {
            return Math.Max(LeastShare, (double)passed / time);
        }

        EndWarming();
        return 1;
    }
}

using System.Diagnostics;

namespace Ingress.Routing.Forwarding.Limits;

/// <summary>Keeps the requests that are sent once more a small share of all, so that backends that are in trouble do not get more to do for it.</summary>
/// <remarks>A bucket of tokens that each request fills a little, and time as well, so that where few come each of them may be repeated.</remarks>
internal sealed class RetryBudget
{
    private const double Share = 0.2;
    private const double PerSecond = 10;

    // What is saved up in this time may be spent at once.
    private const double Seconds = 10;

    private readonly Lock _gate = new();
    private double _tokens = PerSecond * Seconds;
    private long _at = Stopwatch.GetTimestamp();
    private long _requests;
    private long _saidAt = long.MinValue;
    private long _unsaid;

    /// <summary>Takes one, if there is one left.</summary>
    /// <param name="requests">How many requests there were so far.</param>
    public bool TryTake(long requests) => TryTake(requests, Stopwatch.GetTimestamp());

    /// <summary>Whether a line about a retry is due, which is at most one a second.</summary>
    /// <param name="count">The failures since the last one.</param>
    public bool ShouldSay(out long count)
    {
        var now = Environment.TickCount64;
        lock (_gate)
        {
            count = ++_unsaid;
            if (_saidAt != long.MinValue && now - _saidAt < 1000)
            {
                return false;
            }

            _saidAt = now;
            _unsaid = 0;
            return true;
        }
    }

    internal bool TryTake(long requests, long now)
    {
        lock (_gate)
        {
            var seconds = Stopwatch.GetElapsedTime(_at, now).TotalSeconds;
            var come = requests - _requests;
            var perSecond = come / Math.Max(seconds, 1);
            var most = (PerSecond + (Share * perSecond)) * Seconds;
            _tokens = Math.Min(_tokens + (PerSecond * seconds) + (Share * come), Math.Max(most, _tokens));
            _at = now;
            _requests = requests;
            if (_tokens < 1)
            {
                return false;
            }

            _tokens--;
            return true;
        }
    }
}

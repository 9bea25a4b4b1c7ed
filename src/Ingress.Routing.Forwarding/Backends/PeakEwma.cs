using System.Diagnostics;
using System.Runtime.CompilerServices;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Chooses the better of two endpoints drawn: the one whose latency of late, times what it is doing, is lower.</summary>
/// <remarks>
/// The latency is a moving average that forgets within ten seconds, and follows a peak at once. An endpoint that was not asked yet counts as fast, so
/// that it is.
/// </remarks>
internal sealed class PeakEwma
{
    private const double DecaySeconds = 10;

    private static readonly ConditionalWeakTable<DestinationState, PeakEwma> s_all = [];

    private readonly Lock _lock = new();
    private double _latency;
    private long _at = Stopwatch.GetTimestamp();

    /// <summary>The endpoint to ask; null when all were tried.</summary>
    public static DestinationState? Choose(IReadOnlyList<DestinationState> available, IReadOnlyList<DestinationState> tried)
    {
        var rest = tried.Count == 0 ? available : [.. available.Except(tried)];
        if (rest.Count <= 1)
        {
            return rest.Count == 0 ? null : rest[0];
        }

        var first = Random.Shared.Next(rest.Count);
        var second = Random.Shared.Next(rest.Count - 1);
        second += second >= first ? 1 : 0;
        return ScoreOf(rest[second]) < ScoreOf(rest[first]) ? rest[second] : rest[first];
    }

    /// <summary>Notes how long an endpoint took to answer, or to fail.</summary>
    public static void Observe(DestinationState destination, TimeSpan latency)
        => s_all.GetValue(destination, static _ => new()).Observe(latency.TotalSeconds, Stopwatch.GetTimestamp());

    /// <summary>What counts of a latency that was measured some time ago.</summary>
    internal static double Decayed(double latency, double secondsAgo) => latency * Math.Exp(-secondsAgo / DecaySeconds);

    private static double ScoreOf(DestinationState destination)
    {
        var latency = s_all.TryGetValue(destination, out var known) ? known.Current(Stopwatch.GetTimestamp()) : 0;
        return (latency + double.Epsilon) * (destination.ConcurrentRequestCount + 1);
    }

    private double Current(long now)
    {
        lock (_lock)
        {
            return Decayed(_latency, Stopwatch.GetElapsedTime(_at, now).TotalSeconds);
        }
    }

    private void Observe(double latency, long now)
    {
        lock (_lock)
        {
            var kept = Math.Exp(-Stopwatch.GetElapsedTime(_at, now).TotalSeconds / DecaySeconds);
            _latency = latency > _latency ? latency : (_latency * kept) + (latency * (1 - kept));
            _at = now;
        }
    }
}

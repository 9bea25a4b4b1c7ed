using System.Globalization;

namespace Ingress.Routing.Forwarding.Health;

/// <summary>Tells an endpoint that does far worse than the others of its Service. What all do alike is not its fault.</summary>
internal static class Outliers
{
    private const int FewestRequests = 20;
    private const int FewestUnanswered = 3;
    private const double LeastFailureRate = 0.5;
    private const double FailureFactor = 4;
    private const double LatencyFactor = 10;
    private static readonly TimeSpan s_leastLatency = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_quick = TimeSpan.FromSeconds(1);

    /// <summary>What is wrong with an endpoint, for people; null when nothing is.</summary>
    /// <param name="own">What it has done.</param>
    /// <param name="others">What the others have done together.</param>
    /// <param name="unanswered">How many requests it had got before, while it has answered none since.</param>
    public static string? Find(EndpointWindow own, EndpointWindow others, int unanswered)
    {
        if (others.Answered < FewestRequests)
        {
            return null;
        }

        if (own.Answered == 0)
        {
            // It may be frozen, with its requests in it: they have not failed yet.
            return unanswered >= FewestUnanswered && others.Latency <= s_quick && others.FailureRate < LeastFailureRate
                ? string.Create(CultureInfo.InvariantCulture, $"it has answered none of {unanswered} requests, while the others answer")
                : null;
        }

        if (own.Answered < FewestRequests)
        {
            return null;
        }

        if (own.FailureRate >= LeastFailureRate && own.FailureRate >= FailureFactor * others.FailureRate)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"{own.FailureRate:0 %} of {own.Answered} requests failed, and {others.FailureRate:0 %} of those at the others");
        }

        return own.Latency >= LatencyFactor * others.Latency && own.Latency - others.Latency >= s_leastLatency
            ? string.Create(
                CultureInfo.InvariantCulture, $"it answers after {own.Latency.TotalSeconds:0.###} s, and the others after {others.Latency.TotalSeconds:0.###} s")
            : null;
    }
}

namespace Ingress.Routing.Forwarding.Health;

/// <summary>What one endpoint has done in a few seconds.</summary>
/// <param name="Asked">How many requests it got.</param>
/// <param name="Answered">How many came to an end, with an answer or without one.</param>
/// <param name="Failed">How many of these were failures, or answers from 500 on.</param>
/// <param name="LatencyTicks">How long all answers took together.</param>
internal readonly record struct EndpointWindow(int Asked, int Answered, int Failed, long LatencyTicks)
{
    /// <summary>Which part of the requests failed.</summary>
    public double FailureRate => Answered == 0 ? 0 : (double)Failed / Answered;

    /// <summary>How long an answer took on average.</summary>
    public TimeSpan Latency => Answered == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(LatencyTicks / Answered);

    public static EndpointWindow operator +(EndpointWindow left, EndpointWindow right) => new(
        left.Asked + right.Asked, left.Answered + right.Answered, left.Failed + right.Failed, left.LatencyTicks + right.LatencyTicks);

    public static EndpointWindow operator -(EndpointWindow left, EndpointWindow right) => new(
        left.Asked - right.Asked, left.Answered - right.Answered, left.Failed - right.Failed, left.LatencyTicks - right.LatencyTicks);
}

namespace Ingress.Routing.Policies;

/// <summary>How many requests a client may make in some time.</summary>
/// <param name="Requests">How many in each <paramref name="Period"/>, on average. Positive.</param>
/// <param name="Period">One second, or one minute.</param>
/// <param name="Burst">How many may come at once. Positive.</param>
public sealed record RateWindow(int Requests, TimeSpan Period, int Burst)
{
    internal string Unit => Period == TimeSpan.FromSeconds(1) ? "second" : "minute";
}

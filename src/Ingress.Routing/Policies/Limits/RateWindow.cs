namespace Ingress.Routing.Policies;

/// <summary>How many requests a client may make in some time.</summary>
/// <param name="Requests">How many in each <paramref name="Period"/>, on average. Positive.</param>
/// <param name="Period">One second, or one minute.</param>
/// <param name="Burst">How many may come at once. Positive.</param>
public sealed record RateWindow(int Requests, TimeSpan Period, int Burst)
{
    /// <summary>Returns it in words: <c>10 requests a second, 20 at once</c>.</summary>
    public override string ToString() => $"{Requests} requests a {(Period == TimeSpan.FromSeconds(1) ? "second" : "minute")}, {Burst} at once";
}

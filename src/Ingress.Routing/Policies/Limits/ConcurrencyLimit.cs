namespace Ingress.Routing.Policies;

/// <summary>Limits how many requests of an Ingress are served at the same time.</summary>
/// <param name="Requests">How many; positive. All routes of the Ingress share them.</param>
/// <param name="Status">The status of one request too many.</param>
public sealed record ConcurrencyLimit(int Requests, int Status = 503) : RoutePolicy
{
    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Limit;

    /// <inheritdoc />
    public override string Describe() => $"at most {Requests} requests at the same time, else {Status}";
}

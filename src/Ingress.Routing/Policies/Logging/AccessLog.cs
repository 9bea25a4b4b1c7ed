namespace Ingress.Routing.Policies;

/// <summary>Whether requests are written to the log of requests.</summary>
/// <param name="IsOn">Whether they are.</param>
public sealed record AccessLog(bool IsOn) : RoutePolicy
{
    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Backend;

    /// <inheritdoc />
    public override string Describe() => IsOn ? "log requests" : "do not log requests";
}

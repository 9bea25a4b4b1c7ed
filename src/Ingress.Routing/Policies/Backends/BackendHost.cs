namespace Ingress.Routing.Policies;

/// <summary>The <c>Host</c> that the backend gets, instead of that of the request. <c>X-Forwarded-Host</c> keeps the original.</summary>
/// <param name="Host">The host, with an optional port.</param>
public sealed record BackendHost(PolicyTemplate Host) : RoutePolicy
{
    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Backend;

    /// <inheritdoc />
    public override string Describe() => $"send Host: {Host}";
}

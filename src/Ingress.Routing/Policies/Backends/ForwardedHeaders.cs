namespace Ingress.Routing.Policies;

/// <summary>Tells the backend about the request in further headers, under the names that older gateways use.</summary>
/// <remarks>
/// <c>X-Real-IP</c>, <c>X-Request-ID</c>, <c>X-Scheme</c>, <c>X-Forwarded-Scheme</c>, <c>X-Forwarded-Port</c>, and what the client claimed in
/// <c>X-Original-Forwarded-For</c> and <c>X-Original-Forwarded-Host</c>. Headers whose names have other characters than letters, digits and hyphens do not
/// reach it: many backends take <c>X_User</c> for <c>X-User</c>.
/// </remarks>
public sealed record ForwardedHeaders : RoutePolicy
{
    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Backend;

    /// <inheritdoc />
    public override string Describe() => "tell the backend X-Real-IP, X-Request-ID, X-Scheme, X-Forwarded-Scheme and X-Forwarded-Port";
}

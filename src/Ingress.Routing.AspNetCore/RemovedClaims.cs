namespace Ingress.Routing.AspNetCore;

/// <summary>What a client claimed about where its request comes from, and was not believed.</summary>
/// <param name="ForwardedFor">Its <c>X-Forwarded-For</c>; null when there was none.</param>
/// <param name="ForwardedHost">Its <c>X-Forwarded-Host</c>; null when there was none.</param>
public sealed record RemovedClaims(string? ForwardedFor, string? ForwardedHost);

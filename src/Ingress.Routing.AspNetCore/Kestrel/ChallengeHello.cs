namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>What a ClientHello says about a challenge of a CA.</summary>
/// <param name="ServerName">The name that is to be shown; null when it is a hello of another kind.</param>
internal readonly record struct ChallengeHello(string? ServerName);

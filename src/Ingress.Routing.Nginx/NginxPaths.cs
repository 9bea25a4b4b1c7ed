namespace Ingress.Routing.Nginx;

/// <summary>What an Ingress asks for its paths. Immutable.</summary>
/// <param name="UsesRegex">Whether <c>use-regex</c> is set.</param>
/// <param name="Target">The <c>rewrite-target</c>; empty for none.</param>
internal sealed record NginxPaths(bool UsesRegex, string Target);

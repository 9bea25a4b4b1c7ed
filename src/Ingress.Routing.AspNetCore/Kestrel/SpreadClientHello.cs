namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>What was read of a ClientHello that came in several records, of which the platform may not see all.</summary>
/// <param name="ServerName">The server name; null when there is none.</param>
internal sealed record SpreadClientHello(string? ServerName);

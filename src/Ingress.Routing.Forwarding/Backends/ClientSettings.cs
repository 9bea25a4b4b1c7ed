using Ingress.Routing.Policies;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>What a client for connections is made from, besides the options. A value.</summary>
/// <param name="ConnectTimeout">How long a connection may take; null is that of the options.</param>
/// <param name="Tls">How TLS is spoken; null is as always.</param>
/// <param name="TakesLargeHeaders">Whether response headers of more than 64 KB are read.</param>
internal sealed record ClientSettings(TimeSpan? ConnectTimeout, BackendTls? Tls, bool TakesLargeHeaders)
{
    /// <summary>Whether each request gets a connection of its own.</summary>
    public bool KeepsNothing { get; init; }

    /// <summary>What the client of all others is made from.</summary>
    public static ClientSettings Default { get; } = new(null, null, false);
}

using Ingress.Routing.Policies;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>What a client for connections is made from, besides the options. A value.</summary>
/// <param name="ConnectTimeout">How long a connection may take; null is that of the options.</param>
/// <param name="Tls">How TLS is spoken; null is as always.</param>
internal sealed record ClientSettings(TimeSpan? ConnectTimeout, BackendTls? Tls)
{
    /// <summary>Whether the client of all others does.</summary>
    public bool AreDefault => ConnectTimeout is null && Tls is null;
}

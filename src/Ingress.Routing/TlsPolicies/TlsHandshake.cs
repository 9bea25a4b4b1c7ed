namespace Ingress.Routing;

/// <summary>What a TLS connection began with: the server name, and the policy that was in force for it. Immutable.</summary>
/// <remarks>Made by <see cref="IngressRouteTable.BeginHandshake"/> and kept as long as the connection, whatever tables come after.</remarks>
public sealed class TlsHandshake
{
    internal TlsHandshake(string? serverName, TlsPolicy policy)
    {
        ServerName = serverName;
        Policy = policy;
    }

    /// <summary>The server name in canonical form, lower-case; null for none, and for what counts as none (D17, step 1).</summary>
    public string? ServerName { get; }

    /// <summary>The policy of that name.</summary>
    public TlsPolicy Policy { get; }
}

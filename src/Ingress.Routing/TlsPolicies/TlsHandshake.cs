using Ingress.Routing.Policies;

namespace Ingress.Routing;

/// <summary>What a TLS connection began with: the server name, and what was in force for it. Immutable.</summary>
/// <remarks>Made by <see cref="IngressRouteTable.BeginHandshake"/> and kept as long as the connection, whatever tables come after.</remarks>
public sealed class TlsHandshake
{
    internal TlsHandshake(string? serverName, HostPolicies policies, TlsCertificate? certificate)
    {
        ServerName = serverName;
        HostPolicies = policies;
        Certificate = certificate;
    }

    /// <summary>The server name in canonical form, lower-case; null for none, and for what counts as none (D17, step 1).</summary>
    public string? ServerName { get; }

    /// <summary>The TLS policy of that name.</summary>
    public TlsPolicy Policy => HostPolicies.Tls;

    /// <summary>All policies of that name.</summary>
    public HostPolicies HostPolicies { get; }

    /// <summary>The certificate; the default one when no other applies; null when there is none, and the handshake must be refused.</summary>
    public TlsCertificate? Certificate { get; }
}

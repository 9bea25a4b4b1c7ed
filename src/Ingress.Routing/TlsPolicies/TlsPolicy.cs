using System.Collections.Immutable;
using System.Net.Security;

namespace Ingress.Routing;

/// <summary>How TLS is spoken for one host: what is in force of all settings (D23). Immutable.</summary>
/// <remarks>A policy that a change leaves alone is the same instance in the next table.</remarks>
public sealed class TlsPolicy
{
    internal TlsPolicy()
    {
    }

    /// <summary>
    /// Compares what a TLS stack is set up with: whether clients are asked for certificates and by which authorities, version, cipher suites and
    /// application protocols. Not what each certificate is verified by anew, above all revocation lists.
    /// </summary>
    /// <remarks>What is derived from two policies that are equal in this way can be shared; a TLS session must not outlive it.</remarks>
    public static IEqualityComparer<TlsPolicy> HandshakeComparer { get; } =
        EqualityComparer<TlsPolicy>.Create(static (x, y) => x?.HasHandshakeOf(y) ?? y is null, static policy => policy.HandshakeHash());

    /// <summary>The policy of a table without settings.</summary>
    internal static TlsPolicy Default { get; } = new();

    /// <summary>What is done about client certificates.</summary>
    public ClientCertificateMode ClientCertificates { get; internal init; }

    /// <summary>Who vouches for client certificates; null exactly when no client is asked for one.</summary>
    public ClientCertificateTrust? ClientTrust { get; internal init; }

    /// <summary>Whether clients are refused by the answers to their requests, and not in the handshake.</summary>
    public bool RefusesByAnswer { get; internal init; }

    /// <summary>The oldest version that is spoken.</summary>
    public TlsVersion MinimumVersion { get; internal init; }

    /// <summary>The cipher suites to choose from; empty leaves them to the platform.</summary>
    public ImmutableArray<TlsCipherSuite> CipherSuites { get; internal init; } = [];

    /// <summary>The application protocols to agree on, best first; empty is whatever the listener speaks.</summary>
    public ImmutableArray<string> ApplicationProtocols { get; internal init; } = [];

    /// <summary>Whether client certificates were configured by code, which no annotation changes.</summary>
    internal bool IsClientPartConfigured { get; init; }

    /// <summary>Whether a request for a host with this policy may come over a connection that began under another one (D18).</summary>
    /// <param name="handshake">The policy of the server name, at the time of the handshake.</param>
    /// <returns>
    /// Whether both ask for client certificates alike and trust the same authorities, and the connection is bound to no weaker version and to
    /// the same cipher suites.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="handshake"/> is null.</exception>
    public bool Admits(TlsPolicy handshake)
    {
        ArgumentNullException.ThrowIfNull(handshake);
        return ReferenceEquals(this, handshake)
            || (HasClientPartOf(handshake) && MinimumVersion <= handshake.MinimumVersion && CipherSuites.SequenceEqual(handshake.CipherSuites));
    }

    /// <summary>Whether a version is spoken: it is not too old, and has a cipher suite to choose.</summary>
    /// <param name="version">The version.</param>
    public bool Speaks(TlsVersion version) => version >= MinimumVersion
        && (CipherSuites.IsEmpty || CipherSuites.Any(suite => TlsSettings.IsOfTls13(suite) == (version == TlsVersion.Tls13)));

    /// <summary>Returns the policy in a few words.</summary>
    public override string ToString()
    {
        var client = ClientCertificates == ClientCertificateMode.None ? "no client certificates" : $"client certificates: {ClientCertificates}";
        return $"TLS {(MinimumVersion == TlsVersion.Tls13 ? "1.3" : "1.2")} or later, {client}";
    }

    /// <summary>Whether both ask for client certificates alike and trust the same authorities.</summary>
    internal bool HasClientPartOf(TlsPolicy other)
        => ClientCertificates == other.ClientCertificates && RefusesByAnswer == other.RefusesByAnswer && Equals(ClientTrust, other.ClientTrust);

    private bool HasHandshakeOf(TlsPolicy? other)
        => ReferenceEquals(this, other)
            || (other is not null
                && ClientCertificates == other.ClientCertificates
                && (ClientTrust?.HasAuthoritiesOf(other.ClientTrust) ?? other.ClientTrust is null)
                && MinimumVersion == other.MinimumVersion
                && CipherSuites.SequenceEqual(other.CipherSuites)
                && ApplicationProtocols.SequenceEqual(other.ApplicationProtocols, StringComparer.Ordinal));

    private int HandshakeHash() => HashCode.Combine(ClientCertificates, ClientTrust?.AuthoritiesCount, MinimumVersion, CipherSuites.Length, ApplicationProtocols.Length);
}

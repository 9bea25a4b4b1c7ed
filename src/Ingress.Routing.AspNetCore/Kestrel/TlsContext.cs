using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>What all handshakes with one certificate under one policy share. Immutable; costs milliseconds to make.</summary>
internal sealed class TlsContext
{
    // Names of authorities help browsers to find the right certificate, and cost bytes in every handshake.
    private const int MostNamedAuthorities = 50;

    private readonly SslStreamCertificateContext _certificate;
    private readonly SslProtocols _versions;
    private readonly List<SslApplicationProtocol> _applicationProtocols;
    private readonly CipherSuitesPolicy? _cipherSuites;
    private readonly SslServerAuthenticationOptions? _shared;

    /// <param name="certificate">The certificate.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="applicationProtocols">What the listener speaks.</param>
    public TlsContext(TlsCertificate certificate, TlsPolicy policy, IReadOnlyList<SslApplicationProtocol> applicationProtocols)
        : this(CreateContext(certificate, policy), policy, applicationProtocols)
    {
    }

    /// <param name="certificate">The certificate, ready for use.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="applicationProtocols">What the listener speaks.</param>
    public TlsContext(SslStreamCertificateContext certificate, TlsPolicy policy, IReadOnlyList<SslApplicationProtocol> applicationProtocols)
    {
        _certificate = certificate;
        _versions = VersionsOf(policy);
        _applicationProtocols = ProtocolsOf(policy, applicationProtocols);
        _cipherSuites = CipherSuitesOf(policy);
        _shared = policy.ClientCertificates == ClientCertificateMode.None ? CreateOptions(_applicationProtocols) : null;
    }

    /// <summary>What a handshake is answered with; ready made, unless the client is asked for a certificate.</summary>
    /// <param name="isQuic">Whether it is one over QUIC, where nothing but HTTP/3 is spoken.</param>
    public SslServerAuthenticationOptions OptionsFor(TlsConnection connection, bool isQuic)
    {
        if (_shared is not null && !isQuic)
        {
            return _shared;
        }

        var policy = connection.Handshake.Policy;
        var options = CreateOptions(isQuic ? [SslApplicationProtocol.Http3] : _applicationProtocols);
        if (policy.ClientTrust is not { } trust)
        {
            return options;
        }

        options.ClientCertificateRequired = true; // asks for one; what to do without is for the connection to say
        options.RemoteCertificateValidationCallback = connection.Accept;
        options.CertificateChainPolicy = trust.CreateChainPolicy();

        // The platform keeps sessions by certificate and not by policy: one that began without a client certificate would be resumed here,
        // and one that began here would be resumed elsewhere (CVE-2025-23419). So there is none.
        options.AllowTlsResume = false;
        return options;
    }

    private static List<SslApplicationProtocol> ProtocolsOf(TlsPolicy policy, IReadOnlyList<SslApplicationProtocol> spoken)
    {
        var wanted = policy.ApplicationProtocols.Select(static name => new SslApplicationProtocol(name)).Where(spoken.Contains).ToList();
        return wanted.Count > 0 ? wanted : [.. spoken];
    }

    private static CipherSuitesPolicy? CipherSuitesOf(TlsPolicy policy)
    {
        if (policy.CipherSuites.IsEmpty)
        {
            return null;
        }

        if (OperatingSystem.IsWindows() || OperatingSystem.IsAndroid())
        {
            throw new PlatformNotSupportedException("On this platform cipher suites are configured for the whole system. Leave them out of the TLS policy.");
        }

        return new CipherSuitesPolicy(policy.CipherSuites);
    }

    private static SslStreamCertificateContext CreateContext(TlsCertificate certificate, TlsPolicy policy)
    {
        // Offline: neither a chain nor a revocation answer is fetched from an address that a tenant wrote into a certificate.
        return SslStreamCertificateContext.Create(
            CreateCertificate(certificate), certificate.CreateIntermediates(), offline: true, TrustOf(policy));
    }

    private static SslCertificateTrust? TrustOf(TlsPolicy policy)
        => OperatingSystem.IsLinux() && policy.ClientTrust?.GetAuthorities() is { Count: > 0 and <= MostNamedAuthorities } authorities
            ? SslCertificateTrust.CreateForX509Collection(authorities, sendTrustInHandshake: true)
            : null;

    private static X509Certificate2 CreateCertificate(TlsCertificate certificate)
    {
        var created = certificate.CreateCertificate();
        if (!OperatingSystem.IsWindows())
        {
            return created;
        }

        // Windows cannot use a key for TLS that was read from PEM as it is.
        using (created)
        {
            return X509CertificateLoader.LoadPkcs12(created.Export(X509ContentType.Pkcs12), password: null);
        }
    }

    private SslServerAuthenticationOptions CreateOptions(List<SslApplicationProtocol> applicationProtocols) => new()
    {
        ServerCertificateContext = _certificate,
        ApplicationProtocols = applicationProtocols,
        EnabledSslProtocols = _versions,
        CipherSuitesPolicy = _cipherSuites,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
    };

    // The platform refuses a version for which it is given no cipher suite, and takes none at all for every version that it has.
    private static SslProtocols VersionsOf(TlsPolicy policy)
    {
        var versions = (policy.Speaks(TlsVersion.Tls12) ? SslProtocols.Tls12 : SslProtocols.None)
            | (policy.Speaks(TlsVersion.Tls13) ? SslProtocols.Tls13 : SslProtocols.None);
        return versions == SslProtocols.None ? SslProtocols.Tls13 : versions;
    }
}

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.Gateway.DevCertificates;

/// <summary>A certificate that was issued, ready for handshakes.</summary>
internal sealed class DevCertificate
{
    private readonly DateTimeOffset _renewAt;
    private long _lastUsed;

    public DevCertificate(X509Certificate2 certificate, DateTimeOffset now)
    {
        // Offline, or each new certificate would be looked for elsewhere. The CA is not sent along: who trusts it has it.
        Context = SslStreamCertificateContext.Create(Usable(certificate), additionalCertificates: null, offline: true);
        _renewAt = certificate.NotAfter - ((certificate.NotAfter - certificate.NotBefore) / 3);
        Use(now);
    }

    public SslStreamCertificateContext Context { get; }

    /// <summary>When it was used last, in ticks.</summary>
    public long LastUsed => Volatile.Read(ref _lastUsed);

    /// <summary>Whether it is time for the next one, long before the end of this one.</summary>
    public bool IsDue(DateTimeOffset now) => now >= _renewAt;

    public void Use(DateTimeOffset now) => Volatile.Write(ref _lastUsed, now.UtcTicks);

    // Windows cannot use a key for TLS that is in memory alone.
    private static X509Certificate2 Usable(X509Certificate2 certificate)
        => OperatingSystem.IsWindows()
            ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null)
            : certificate;
}

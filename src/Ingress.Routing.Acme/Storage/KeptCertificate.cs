using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Acme.Protocol;

namespace Ingress.Routing.Acme.Storage;

/// <summary>A certificate that was issued. Immutable; what a handshake needs is made at the first one that asks for it.</summary>
internal sealed class KeptCertificate
{
    private readonly Lazy<SslStreamCertificateContext> _context;

    private KeptCertificate(string id, StoredCertificate stored, IssuedChain chain)
    {
        Id = id;
        Stored = stored;
        Chain = chain;
        _context = new(CreateContext);
    }

    /// <summary>Its name in the storage.</summary>
    public string Id { get; }

    public StoredCertificate Stored { get; }

    public IssuedChain Chain { get; }

    public SslStreamCertificateContext Context => _context.Value;

    public TimeSpan Lifetime => Chain.NotAfter - Chain.NotBefore;

    /// <summary>A number from 0 to 1 that is always the same for this certificate, so that not all are renewed at once.</summary>
    public double Spread => BitConverter.ToUInt16(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Chain.SerialNumber))) / 65536d;

    /// <exception cref="CryptographicException">Certificate and key cannot be read, or do not belong together.</exception>
    public static KeptCertificate Read(string id, StoredCertificate stored) => new(id, stored, IssuedChain.Read(stored.Chain, stored.Key));

    private SslStreamCertificateContext CreateContext()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(Stored.Chain);

        // Offline, or chains would be looked for elsewhere.
        return SslStreamCertificateContext.Create(
            PlatformKeys.Usable(X509Certificate2.CreateFromPem(Stored.Chain, Stored.Key)), [.. chain.Skip(1)], offline: true);
    }
}

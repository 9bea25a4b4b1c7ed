using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Model;
using Ingress.Routing.Tls;

namespace Ingress.Routing;

/// <summary>A usable certificate: its Secret was read, the key fits, and the names are known. Immutable.</summary>
/// <remarks>
/// Made once for each <see cref="SecretResource"/> instance, and kept while a change leaves certificate and key alone
/// (<see cref="IngressRouteTable.KeepLastGood"/>), so what an adapter derives from it (a handshake context) can be kept as long as the same
/// instance is selected.
/// </remarks>
public sealed class TlsCertificate
{
    /// <param name="dnsNames">Canonical names, each once.</param>
    internal TlsCertificate(
        SecretResource secret,
        string[] dnsNames,
        CertificateKeyKinds keyKind,
        DateTimeOffset notBefore,
        DateTimeOffset notAfter,
        bool isForServers = true)
    {
        Secret = secret;
        Names = new CertificateNames(dnsNames);
        KeyKind = keyKind;
        NotBefore = notBefore;
        NotAfter = notAfter;
        IsForServers = isForServers;
    }

    /// <summary>
    /// The Secret it was read from. An earlier version of the one in force, when that has the same certificate and key, or is broken
    /// (<see cref="SecretResource.LastGood"/>).
    /// </summary>
    public SecretResource Secret { get; }

    /// <summary>
    /// The DNS names of the certificate (subjectAltName), each once, canonical as request hosts are; the common name is not consulted (D17).
    /// </summary>
    public IReadOnlyList<string> DnsNames => Names.All;

    /// <summary>The kind of its key: exactly one.</summary>
    public CertificateKeyKinds KeyKind { get; }

    /// <summary>Answers whether the certificate covers a name.</summary>
    internal CertificateNames Names { get; }

    /// <summary>Whether it is meant for servers, or at least for nothing else; one that is not is still served (semantics 11.12).</summary>
    internal bool IsForServers { get; }

    /// <summary>When the certificate becomes valid; one that is not valid yet is still served (semantics 11.5).</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>When the certificate expires; an expired one is still served (semantics 11.5).</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>Whether the certificate covers a server name (D17); the default certificate is chosen without asking.</summary>
    /// <param name="serverName">The SNI as received, in A-label or Unicode form; null or empty when there was none.</param>
    /// <returns>Always false for what counts as no server name.</returns>
    public bool Covers(string? serverName) => ServerName.TryRead(serverName, out var name) && Names.Cover(name);

    /// <summary>Creates the certificate with its private key. The caller owns and disposes it. Costs milliseconds.</summary>
    public X509Certificate2 CreateCertificate() => X509Certificate2.CreateFromPem(Secret.CertificatePem, Secret.KeyPem);

    /// <summary>Creates the intermediate certificates that follow the first one in <c>tls.crt</c>. The caller owns and disposes them.</summary>
    public X509Certificate2Collection CreateIntermediates()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(Secret.CertificatePem);
        chain[0].Dispose();
        chain.RemoveAt(0);
        return chain;
    }
}

using Ingress.Routing.Matching;

namespace Ingress.Routing.Tls;

/// <summary>From a server name to a certificate (D17).</summary>
/// <param name="hosts">The candidates of each host.</param>
/// <param name="defaultCertificate">For every other name; null refuses.</param>
internal sealed class CertificateSelector(HostTable<CertificateBucket> hosts, TlsCertificate? defaultCertificate)
{
    public static readonly CertificateSelector Empty = new(HostTable<CertificateBucket>.Empty, null);

    private readonly HostTable<CertificateBucket> _hosts = hosts;
    private readonly TlsCertificate? _defaultCertificate = defaultCertificate;

    /// <summary>The candidates of each host.</summary>
    public HostTable<CertificateBucket> Hosts => _hosts;

    /// <param name="serverName">The SNI as delivered.</param>
    public TlsCertificate? Find(string? serverName)
    {
        // A text that equals a host of an entry is thereby well-formed.
        var cells = serverName is null ? null : _hosts.FindCells(serverName);
        return (cells is null ? null : CertificateBucket.CertificateIn(cells)) ?? FindOther(serverName);
    }

    // Unlike for routes, a bucket whose candidates all fail lets the wildcard answer (D17, step 2).
    private TlsCertificate? FindOther(string? serverName)
    {
        TlsCertificate? certificate = null;
        return ServerName.TryRead(serverName, out var name)
            && ((_hosts.FindExact(name)?.TryChoose(out certificate) ?? false) || (_hosts.FindWildcard(name)?.TryChoose(name, out certificate) ?? false))
                ? certificate ?? _defaultCertificate
                : _defaultCertificate;
    }
}

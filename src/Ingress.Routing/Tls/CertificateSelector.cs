using Ingress.Routing.Matching;

namespace Ingress.Routing.Tls;

/// <summary>From a server name to a certificate (D17).</summary>
/// <param name="hosts">The candidates of each host.</param>
/// <param name="defaultCertificate">For every other name; null refuses.</param>
internal sealed class CertificateSelector(HostTable<CertificateBucket> hosts, TlsCertificate? defaultCertificate)
{
    public static readonly CertificateSelector Empty = new(HostTable<CertificateBucket>.Empty, null);

    /// <param name="serverName">The SNI as delivered.</param>
    public TlsCertificate? Find(string? serverName)
    {
        if (!ServerName.TryRead(serverName, out var name))
        {
            return defaultCertificate;
        }

        // Unlike for routes, a bucket whose candidates all fail lets the wildcard answer (D17, step 2).
        return (hosts.FindExact(name)?.TryChoose(name, out var certificate) ?? false)
            || (hosts.FindWildcard(name)?.TryChoose(name, out certificate) ?? false)
                ? certificate ?? defaultCertificate
                : defaultCertificate;
    }
}

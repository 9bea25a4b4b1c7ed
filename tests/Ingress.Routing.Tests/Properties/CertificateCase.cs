
namespace Ingress.Routing.Tests.Properties;

/// <summary>A random set of TLS entries and Secrets, one server name and one client.</summary>
/// <param name="DnsNames">The names in the certificate of each usable Secret.</param>
/// <param name="Rsa">The Secrets with RSA keys.</param>
/// <param name="Offered">The kinds of keys that the client verifies.</param>
public sealed record CertificateCase(
    ClusterSnapshot Snapshot,
    RouteTableOptions Options,
    IReadOnlyDictionary<NamespacedName, string[]> DnsNames,
    IReadOnlyCollection<NamespacedName> Rsa,
    string ServerName,
    CertificateKeyKinds Offered)
{
    public override string ToString()
        => ManifestText.Of(Snapshot, Options)
            + string.Concat(DnsNames.Select(pair => $"  Secret {pair.Key}{(Rsa.Contains(pair.Key) ? " (RSA)" : "")}: {string.Join(", ", pair.Value)}\n"))
            + $"  default certificate {Options.DefaultCertificate}\n  server name '{ServerName}', client of {Offered}";
}

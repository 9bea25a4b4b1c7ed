using Ingress.Routing.Model;

namespace Ingress.Routing.Tests.Properties;

/// <summary>A random set of TLS entries and Secrets, and one server name.</summary>
/// <param name="DnsNames">The names in the certificate of each usable Secret.</param>
public sealed record CertificateCase(
    ClusterSnapshot Snapshot, RouteTableOptions Options, IReadOnlyDictionary<NamespacedName, string[]> DnsNames, string ServerName)
{
    public override string ToString()
        => ManifestText.Of(Snapshot, Options)
            + string.Concat(DnsNames.Select(pair => $"  Secret {pair.Key}: {string.Join(", ", pair.Value)}\n"))
            + $"  default certificate {Options.DefaultCertificate}\n  server name '{ServerName}'";
}

using System.Globalization;
using Ingress.Routing.Model;

namespace Ingress.Routing.Tests.Shared;

/// <summary>D17 and D24, step by step. Takes valid Ingresses only. Slow on purpose.</summary>
/// <param name="dnsNames">The DNS names of each usable certificate; a Secret that is not listed is missing or unusable.</param>
/// <param name="rsa">The Secrets whose certificates have RSA keys; the others have ECDSA.</param>
internal sealed class ReferenceCertificateSelector(
    ClusterSnapshot snapshot,
    RouteTableOptions options,
    IReadOnlyDictionary<NamespacedName, string[]> dnsNames,
    IReadOnlyCollection<NamespacedName> rsa)
{
    /// <summary>The Secret whose certificate is served; null when the handshake is refused.</summary>
    public NamespacedName? Select(string? serverName) => Walk(serverName, CertificateKeyKinds.All);

    /// <summary>The same for a client that verifies some kinds of keys.</summary>
    public NamespacedName? Select(string? serverName, CertificateKeyKinds offered)
        => Walk(serverName, offered) is { } secret && IsVerified(secret, offered) ? secret : Select(serverName);

    private NamespacedName? Walk(string? serverName, CertificateKeyKinds offered)
    {
        var name = Normalize(serverName);
        if (name == "")
        {
            return Default();
        }

        var entries = snapshot.Ingresses
            .Where(ingress => ReferenceClassSelection.IsServed(ingress, snapshot, options))
            .Order(ReferenceAge.Order)
            .SelectMany(ingress => ingress.Tls.Select(tls => (Tls: tls, Secret: SecretOf(ingress, tls))))
            .ToList();

        foreach (var candidate in new[] { name, WildcardOf(name) })
        {
            foreach (var (tls, secret) in entries.Where(entry => entry.Tls.Hosts.Contains(candidate)))
            {
                if (secret is null)
                {
                    return Default();
                }

                if (IsCovered(name, secret.Value) && IsVerified(secret.Value, offered))
                {
                    return secret;
                }
            }

            foreach (var (tls, secret) in entries.Where(entry => entry.Tls.Hosts.Count == 0))
            {
                if (secret is not null && NamesOf(secret.Value).Contains(candidate) && IsVerified(secret.Value, offered))
                {
                    return secret;
                }
            }
        }

        return Default();
    }

    private NamespacedName? Default()
        => options.DefaultCertificate is { } secret && dnsNames.ContainsKey(secret) ? secret : null;

    private bool IsVerified(NamespacedName secret, CertificateKeyKinds offered)
        => offered.HasFlag(rsa.Contains(secret) ? CertificateKeyKinds.Rsa : CertificateKeyKinds.Ecdsa);

    private bool IsCovered(string name, NamespacedName secret)
        => NamesOf(secret).Contains(name) || NamesOf(secret).Contains(WildcardOf(name));

    private string[] NamesOf(NamespacedName secret) => dnsNames.TryGetValue(secret, out var names) ? names : [];

    private static NamespacedName? SecretOf(IngressResource ingress, IngressTls tls)
        => string.IsNullOrEmpty(tls.SecretName) ? null : new NamespacedName(ingress.Metadata.Namespace, tls.SecretName);

    private static string WildcardOf(string name) => string.Join('.', name.Split('.').Skip(1).Prepend("*"));

    // Step 1. IdnMapping is only the way back from what .NET made of an A-label (semantics 9.5).
    private static string Normalize(string? serverName)
    {
        if (string.IsNullOrEmpty(serverName) || serverName.Contains(':'))
        {
            return "";
        }

        return ReferenceHost.Parse(serverName.All(char.IsAscii) ? serverName : new IdnMapping().GetAscii(serverName)).Name;
    }
}

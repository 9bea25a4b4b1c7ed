using Ingress.Routing.Model;

namespace Ingress.Routing.Comparison;

/// <summary>Compares which certificates two tables serve, name by name.</summary>
/// <remarks>
/// Names are cut where a TLS entry, or a certificate that one refers to, can tell them apart (D17); a name of neither kind is answered
/// like all others.
/// </remarks>
internal static class CertificateComparer
{
    public static IReadOnlyList<CertificateDifference> Compare(IngressRouteTable before, IngressRouteTable after)
    {
        var answers = new Dictionary<SecretResource, CertificateAnswer>(ReferenceEqualityComparer.Instance);
        var refused = CertificateAnswer.Of(null);
        return
        [
            .. new HostPartition(NamesOf(before.Snapshot).Concat(NamesOf(after.Snapshot))).Regions
                .Select(region => (Region: region, Before: AnswerOf(before, region), After: AnswerOf(after, region)))
                .Where(static item => !item.Before.IsSameAs(item.After))
                .GroupBy(static item => (item.Before.Secret, item.Before.Fingerprint, item.After.Secret, item.After.Fingerprint))
                .Select(static group => new CertificateDifference(
                    [.. group.Select(static item => item.Region)], group.First().Before, group.First().After)),
        ];

        // Each certificate is digested once.
        CertificateAnswer AnswerOf(IngressRouteTable table, HostRegion region)
        {
            if (table.FindCertificate(region.Witness) is not { } certificate)
            {
                return refused;
            }

            if (!answers.TryGetValue(certificate.Secret, out var answer))
            {
                answer = CertificateAnswer.Of(certificate);
                answers.Add(certificate.Secret, answer);
            }

            return answer;
        }
    }

    /// <summary>All names that the certificates of a table can tell apart.</summary>
    public static IEnumerable<string> NamesOf(ClusterSnapshot snapshot)
    {
        var entries = snapshot.Ingresses.SelectMany(static ingress => ingress.Tls, static (ingress, tls) => (ingress.Name.Namespace, Tls: tls)).ToList();
        var secrets = entries.Where(static entry => !string.IsNullOrEmpty(entry.Tls.SecretName))
            .Select(static entry => new NamespacedName(entry.Namespace, entry.Tls.SecretName))
            .ToHashSet();
        return entries.SelectMany(static entry => entry.Tls.Hosts)
            .Concat(snapshot.Secrets
                .Where(secret => secrets.Contains(secret.Name))
                .SelectMany(static secret => secret.Read().Certificate?.DnsNames ?? []));
    }
}

using Ingress.Routing.Annotations;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Linting;

/// <summary>TLS hosts without rules (INGR113), and rules without TLS where TLS is the rule (INGR114).</summary>
internal static class TlsHosts
{
    public static void Report(LintedTable table)
    {
        var entries = table.Served.SelectMany(static owner => owner.Ingress.Tls).ToList();
        var tlsHosts = entries.SelectMany(static tls => tls.Hosts).ToHashSet(StringComparer.Ordinal);

        // For an entry without hosts the names of its certificate count, and those of a Secret that is not at hand are unknown.
        var areAllListed = entries.Count > 0 && entries.TrueForAll(static tls => tls.Hosts.Count > 0);
        var isTheRule = table.NamedHosts.Count(host => IsListed(host, tlsHosts)) * 2 > table.NamedHosts.Count();
        foreach (var ingress in table.Served.Select(static owner => owner.Ingress))
        {
            ReportTlsWithoutRules(ingress, table);
            if (areAllListed && (isTheRule || ingress.Tls.Count > 0))
            {
                ReportRulesWithoutTls(ingress, tlsHosts, table);
            }
        }
    }

    private static void ReportTlsWithoutRules(IngressResource ingress, LintedTable table)
    {
        // Such an Ingress serves names that it does not list.
        if (ingress.DefaultBackend is not null || ingress.Rules.Any(static rule => string.IsNullOrEmpty(rule.Host)))
        {
            return;
        }

        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, tls) in ingress.Tls.Index())
        {
            foreach (var (j, host) in tls.Hosts.Index())
            {
                if (!HasRule(host, table) && reported.Add(host))
                {
                    var nearest = Spelling.NearestHost(host, ingress.Rules.Select(static rule => rule.Host!));
                    table.Diagnostics.Warn(
                        ingress,
                        IngressDiagnosticIds.TlsHostWithoutRule,
                        $"spec.tls[{i}].hosts[{j}]",
                        $"No rule is for '{host}'.{(nearest is null ? " The certificate serves no route." : $" Did you mean '{nearest}'?")}");
                }
            }
        }
    }

    private static void ReportRulesWithoutTls(IngressResource ingress, HashSet<string> tlsHosts, LintedTable table)
    {
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, rule) in ingress.Rules.Index())
        {
            if (string.IsNullOrEmpty(rule.Host) || IsListed(rule.Host, tlsHosts) || !reported.Add(rule.Host))
            {
                continue;
            }

            var instead = table.Table.Options.DefaultCertificate is null ? "no certificate" : "the default certificate";
            var message = $"No TLS entry lists '{rule.Host}': its handshakes get {instead}.";
            if (ingress.Tls.Count > 0)
            {
                table.Diagnostics.Warn(ingress, IngressDiagnosticIds.RuleWithoutTls, $"spec.rules[{i}].host", message);
            }
            else
            {
                table.Diagnostics.Inform(ingress, IngressDiagnosticIds.RuleWithoutTls, $"spec.rules[{i}].host", message);
            }
        }
    }

    private static bool HasRule(string host, LintedTable table)
        => table.Buckets.Contains(host)
            || table.HostsBelow.Contains(host)
            || (LintedTable.WildcardOf(host) is { } wildcard && table.Buckets.Contains(wildcard));

    private static bool IsListed(string host, HashSet<string> tlsHosts)
        => tlsHosts.Contains(host) || (LintedTable.WildcardOf(host) is { } wildcard && tlsHosts.Contains(wildcard));
}

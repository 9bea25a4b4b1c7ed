using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Compilation;

/// <summary>Reads the TLS entries of an Ingress together with the Secrets that they name (D17, semantics 11).</summary>
internal static class TlsEntries
{
    /// <summary>What an Ingress claims.</summary>
    public static IEnumerable<(string Host, TlsClaim Claim)> ClaimsOf(IngressResource ingress, ObjectSet<SecretResource> secrets)
    {
        for (var i = 0; i < ingress.Tls.Count; i++)
        {
            // An entry without a Secret asks for the default certificate.
            var tls = ingress.Tls[i];
            var certificate = SecretOf(ingress, tls) is { } name ? secrets.Find(name)?.Read().Certificate : null;
            if (certificate is null && !string.IsNullOrEmpty(tls.SecretName))
            {
                continue;
            }

            var isExplicit = tls.Hosts.Count > 0;
            var hosts = isExplicit ? tls.Hosts : certificate?.DnsNames ?? [];
            for (var j = 0; j < hosts.Count; j++)
            {
                yield return (hosts[j], new(ingress, isExplicit, i, j, certificate));
            }
        }
    }

    /// <summary>The Secret of an entry, from the namespace of the Ingress alone (semantics 11.6); null when it names none.</summary>
    public static NamespacedName? SecretOf(IngressResource ingress, IngressTls tls)
        => string.IsNullOrEmpty(tls.SecretName) ? null : new(ingress.Name.Namespace, tls.SecretName);

    /// <summary>Reports the Secrets of an Ingress that provide no certificate, or an old one.</summary>
    public static void Report(IngressResource ingress, ObjectSet<SecretResource> secrets, RouteTableOptions options, DiagnosticBag diagnostics)
    {
        for (var i = 0; i < ingress.Tls.Count; i++)
        {
            if (SecretOf(ingress, ingress.Tls[i]) is not { } name)
            {
                continue;
            }

            diagnostics.At(ingress.Tls[i].Hosts.Count > 0 ? DiagnosticPhase.Tls : DiagnosticPhase.CertificateNames, (i, -1));
            ReportSecret(ingress, $"spec.tls[{i}].secretName", name, secrets.Find(name), options, diagnostics);
        }
    }

    /// <summary>Reports what is wrong with a Secret that has a certificate to serve.</summary>
    /// <param name="resource">The object to report it about.</param>
    public static void ReportUsable(
        KubernetesResource resource, string field, SecretResource secret, TlsCertificate certificate, RouteTableOptions options, DiagnosticBag diagnostics)
    {
        if (secret.Read().Problem is { } problem)
        {
            var version = secret.LastGood?.Metadata.ResourceVersion is { } known ? $"its version '{known}'" : "an earlier version";
            diagnostics.Warn(
                resource,
                IngressDiagnosticIds.LastGoodCertificateKept,
                field,
                $"The Secret '{secret.Name}' {problem}. The certificate of {version} goes on serving; it is valid until {certificate.NotAfter.UtcDateTime:u}.");
        }

        if (options.CertificatesEvaluatedAt < certificate.NotBefore)
        {
            diagnostics.Warn(
                resource,
                IngressDiagnosticIds.CertificateNotYetValid,
                field,
                $"The certificate of Secret '{certificate.Secret.Name}' is not valid before {certificate.NotBefore.UtcDateTime:u}. It is served all the same, "
                    + "and clients refuse it until then.");
        }

        if (!certificate.IsForServers)
        {
            diagnostics.Warn(
                resource,
                IngressDiagnosticIds.CertificateNotForServers,
                field,
                $"The certificate of Secret '{certificate.Secret.Name}' names purposes, and serving TLS is not among them. It is served all the same, and "
                    + "most clients refuse it. Issue one for server authentication.");
        }

        if (options.CertificatesEvaluatedAt > certificate.NotAfter)
        {
            diagnostics.Warn(resource, IngressDiagnosticIds.CertificateExpired, field, ExpiryMessage(certificate));
        }
    }

    /// <summary>Says what answers for hosts without a certificate.</summary>
    public static string StandInMessage(string standIn) => $"{char.ToUpperInvariant(standIn[0])}{standIn[1..]} answers for hosts that are routed and that no other certificate covers.";

    private static string ExpiryMessage(TlsCertificate certificate)
        => $"The certificate of Secret '{certificate.Secret.Name}' expired at {certificate.NotAfter.UtcDateTime:u}. It is served all the same.";

    private static void ReportSecret(
        IngressResource ingress, string field, NamespacedName name, SecretResource? secret, RouteTableOptions options, DiagnosticBag diagnostics)
    {
        if (secret?.Read().Certificate is { } certificate)
        {
            ReportUsable(ingress, field, secret, certificate, options, diagnostics);
            return;
        }

        var (id, problem) = secret is null
            ? (IngressDiagnosticIds.SecretNotFound, $"There is no Secret '{name}' with a certificate.")
            : (IngressDiagnosticIds.SecretUnusable, $"The Secret '{name}' {secret.Read().Problem}.");
        if (options.StandIns.Certificates is { } standIn)
        {
            diagnostics.InformOfStandIn(ingress, id, field, $"{problem} {StandInMessage(standIn)}", standIn);
        }
        else
        {
            diagnostics.Warn(ingress, id, field, $"{problem} This entry provides no certificate.");
        }
    }
}

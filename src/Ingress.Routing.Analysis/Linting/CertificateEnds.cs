using Ingress.Routing.Diagnostics;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Linting;

/// <summary>Certificates that expire soon or are not valid yet (INGR115). What compiling says already, when it knows the time, is not repeated.</summary>
internal static class CertificateEnds
{
    public static void Report(LintedTable table)
    {
        if (table.Options.Now is not { } now)
        {
            return;
        }

        foreach (var ingress in table.Served.Select(static owner => owner.Ingress))
        {
            foreach (var (i, tls) in ingress.Tls.Index().Where(static item => !string.IsNullOrEmpty(item.Item.SecretName)))
            {
                var secret = table.Table.Objects.Secrets.Find(new NamespacedName(ingress.Name.Namespace, tls.SecretName));
                if (secret?.Read().Certificate is { } certificate
                    && MessageOf(certificate, now, table) is { } message)
                {
                    table.Diagnostics.Warn(ingress, IngressDiagnosticIds.CertificateEndsSoon, $"spec.tls[{i}].secretName", message);
                }
            }
        }
    }

    private static string? MessageOf(TlsCertificate certificate, DateTimeOffset now, LintedTable table)
    {
        if (certificate.NotBefore > now)
        {
            if (table.Table.Options.CertificatesEvaluatedAt is not null)
            {
                return null;
            }

            return $"The certificate of Secret '{certificate.Secret.Name}' is not valid before {certificate.NotBefore.UtcDateTime:u}.";
        }

        var left = certificate.NotAfter - now;
        return left >= TimeSpan.Zero && left < table.Options.CertificateNotice
            ? $"The certificate of Secret '{certificate.Secret.Name}' expires at {certificate.NotAfter.UtcDateTime:u}, in {Days(left)}."
            : null;
    }

    private static string Days(TimeSpan left) => left.Days switch
    {
        0 => "less than a day",
        1 => "1 day",
        var days => $"{days} days",
    };
}

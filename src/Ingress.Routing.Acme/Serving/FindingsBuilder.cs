using Ingress.Routing.Acme.Orders;
using Ingress.Routing.Acme.Storage;
using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Acme.Serving;

/// <summary>Puts into words how certificates stand. The same state gives the same words.</summary>
internal sealed class FindingsBuilder(AcmeArchive archive, OrderLedger ledger, AcmeOptions options)
{
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(30);
    private static readonly TimeSpan s_urgent = TimeSpan.FromDays(7);

    /// <summary>How a certificate stands.</summary>
    /// <param name="certificate">The certificate; null when there is none.</param>
    /// <param name="renewAt">When it was to be renewed.</param>
    public static CertificateStanding StandingOf(KeptCertificate? certificate, DateTimeOffset renewAt, DateTimeOffset now)
    {
        if (certificate is null)
        {
            return CertificateStanding.Missing;
        }

        // Some live for less than a week, and are not urgent on their first day.
        var rest = certificate.Chain.NotAfter - now;
        return rest <= TimeSpan.Zero ? CertificateStanding.Expired
            : rest <= Shorter(s_urgent, certificate.Lifetime / 10) ? CertificateStanding.Urgent
            : rest <= Shorter(s_soon, certificate.Lifetime / 3) && renewAt + (certificate.Lifetime / 60) < now ? CertificateStanding.Ending
            : CertificateStanding.Valid;
    }

    public IReadOnlyList<IngressDiagnostic> Build(
        IEnumerable<(WantedCertificate Wanted, KeptCertificate? Certificate, CertificateStanding Standing)> names,
        IReadOnlyList<WantedCertificate> refused,
        string? trouble,
        bool isLimited)
    {
        var findings = new List<IngressDiagnostic>();
        findings.AddRange(archive.Problems.Select(static problem => About(null, IngressDiagnosticIds.AcmeItemDamaged, IngressDiagnosticSeverity.Warning, problem + " All other items are used.")));
        if (trouble is not null)
        {
            findings.Add(About(
                null,
                IngressDiagnosticIds.AcmeAuthorityUnavailable,
                IngressDiagnosticSeverity.Warning,
                $"No certificate can be ordered at '{options.Directory}': {trouble} It is tried again; what was issued goes on serving."));
        }

        if (isLimited)
        {
            findings.Add(About(
                null,
                IngressDiagnosticIds.AcmeOrdersLimited,
                IngressDiagnosticSeverity.Warning,
                $"More than {options.MaxOrdersPerHour} orders are wanted within an hour. The others wait."));
        }

        findings.AddRange(refused.Select(static wanted => About(
            wanted,
            IngressDiagnosticIds.AcmeWildcardRefused,
            IngressDiagnosticSeverity.Warning,
            $"No certificate is ordered for '{wanted.Names[0]}': a wildcard needs the challenge dns-01, and nothing writes DNS records here.")));
        foreach (var (wanted, certificate, standing) in names)
        {
            if (ledger.FailureOf(wanted.Id) is { } failure)
            {
                findings.Add(About(
                    wanted,
                    IngressDiagnosticIds.AcmeOrderFailed,
                    IngressDiagnosticSeverity.Warning,
                    $"No certificate was issued for {Names(wanted)}: {failure.Message} It is tried again at {failure.RetryAt.UtcDateTime:u}."));
            }

            if (Ending(wanted, certificate, standing) is { } ending)
            {
                findings.Add(ending);
            }
        }

        return findings;
    }

    private static IngressDiagnostic? Ending(WantedCertificate wanted, KeptCertificate? certificate, CertificateStanding standing) => standing switch
    {
        CertificateStanding.Ending => About(
            wanted,
            IngressDiagnosticIds.AcmeCertificateEnding,
            IngressDiagnosticSeverity.Warning,
            $"The certificate for {Names(wanted)} should have been renewed, and was not. It serves until {certificate!.Chain.NotAfter.UtcDateTime:u}."),
        CertificateStanding.Urgent => About(
            wanted,
            IngressDiagnosticIds.AcmeCertificateUrgent,
            IngressDiagnosticSeverity.Warning,
            $"The certificate for {Names(wanted)} ends within days, and was not renewed. It serves until {certificate!.Chain.NotAfter.UtcDateTime:u}."),
        CertificateStanding.Expired => About(
            wanted,
            IngressDiagnosticIds.AcmeCertificateExpired,
            IngressDiagnosticSeverity.Error,
            $"The certificate for {Names(wanted)} expired at {certificate!.Chain.NotAfter.UtcDateTime:u}, and was not renewed. It is served all the same, and clients refuse it."),
        _ => null,
    };

    private static IngressDiagnostic About(WantedCertificate? wanted, string id, IngressDiagnosticSeverity severity, string message) => new()
    {
        Id = id,
        Severity = severity,
        Resource = wanted?.Ingress,
        Field = wanted?.Field ?? "",
        Location = wanted?.Location,
        Message = message,
    };

    private static string Names(WantedCertificate wanted)
        => string.Join(", ", wanted.Names.Take(5).Select(static name => $"'{name}'")) + (wanted.Names.Count > 5 ? $" and {wanted.Names.Count - 5} more" : "");

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}

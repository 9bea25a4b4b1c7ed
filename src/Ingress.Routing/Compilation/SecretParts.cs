using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tls;

namespace Ingress.Routing.Compilation;

/// <summary>Reports what is ignored in the PEM texts of a Secret (semantics 1.21). Nothing of it is ever shown.</summary>
internal static class SecretParts
{
    private const string CertificateField = "data[tls.crt]";
    private const string KeyField = "data[tls.key]";
    private const string AuthoritiesField = "data[ca.crt]";

    private static readonly string[] s_keyLabels = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"];

    // Both are repeated in the certificate.
    private static readonly string[] s_parameterLabels = ["EC PARAMETERS", "DSA PARAMETERS"];

    public static void Report(SecretResource secret, DiagnosticBag diagnostics)
    {
        diagnostics.At(DiagnosticPhase.Tls);
        if (secret.CertificatePem is { } certificates)
        {
            ReportCertificates(secret, certificates, diagnostics);
        }

        if (secret.KeyPem is { } key)
        {
            ReportKeys(secret, key, diagnostics);
        }

        if (secret.AuthoritiesPem is { } authorities)
        {
            var blocks = PemText.BlocksOf(authorities);
            ReportBetween(secret, authorities, blocks, AuthoritiesField, diagnostics);
            ReportOthers(secret, authorities, blocks, AuthoritiesField, [PemText.Certificate], diagnostics);
        }
    }

    private static void ReportCertificates(SecretResource secret, string text, DiagnosticBag diagnostics)
    {
        var blocks = PemText.BlocksOf(text);
        ReportBetween(secret, text, blocks, CertificateField, diagnostics);
        ReportOthers(secret, text, blocks, CertificateField, [PemText.Certificate], diagnostics);

        var certificates = blocks.Where(static block => block.Label == PemText.Certificate).ToList();
        if (certificates.Count < 2 || secret.Read().Certificate is not { } served || served.Secret.CertificatePem != text)
        {
            return;
        }

        var ders = certificates.Select(block => Convert.FromBase64String(text[block.Base64])).ToList();
        foreach (var i in CertificateOrder.Strangers(ders))
        {
            Warn(secret, CertificateField, text, certificates[i],
                "a certificate that issued none of those before it, the server's own first. It is not sent", diagnostics);
        }
    }

    private static void ReportKeys(SecretResource secret, string text, DiagnosticBag diagnostics)
    {
        var blocks = PemText.BlocksOf(text);
        ReportBetween(secret, text, blocks, KeyField, diagnostics);
        ReportOthers(secret, text, blocks, KeyField, s_keyLabels, diagnostics);
        if (secret.Read().Certificate is null)
        {
            return;
        }

        foreach (var block in blocks.Where(static block => s_keyLabels.Contains(block.Label)).Skip(1))
        {
            Warn(secret, KeyField, text, block, "one more key. A Secret has one, that of its certificate; this one is ignored", diagnostics);
        }
    }

    private static void ReportOthers(
        SecretResource secret, string text, List<PemText.Block> blocks, string field, string[] labels, DiagnosticBag diagnostics)
    {
        foreach (var block in blocks.Where(block => !labels.Contains(block.Label) && !s_parameterLabels.Contains(block.Label)))
        {
            Warn(secret, field, text, block, "a block that does not belong here and is ignored", diagnostics);
        }
    }

    // Comments are common, and harmless; what looks like a part of a block is one that was meant to count.
    private static void ReportBetween(
        SecretResource secret, string text, List<PemText.Block> blocks, string field, DiagnosticBag diagnostics)
    {
        foreach (var range in PemText.Between(text, blocks))
        {
            var between = text.AsSpan()[range];
            var line = PemText.LineOf(text, range.Start.Value + between.Length - between.TrimStart().Length);
            if (between.Contains("-----BEGIN", StringComparison.Ordinal) || between.Contains("-----END", StringComparison.Ordinal))
            {
                diagnostics.Warn(
                    secret,
                    IngressDiagnosticIds.SecretPartIgnored,
                    field,
                    $"From line {line} of its text on stands a block that is not well-formed, and is ignored: a line break is missing in front of a "
                        + "'-----BEGIN', or a part of the block. What is in it, such as an intermediate certificate, is not sent.");
            }
            else if (blocks.Count > 0) // where there is no block at all, what uses the Secret says so
            {
                diagnostics.Inform(
                    secret, IngressDiagnosticIds.SecretPartIgnored, field, $"At line {line} of its text stands something outside of all blocks. It is ignored.");
            }
        }
    }

    private static void Warn(SecretResource secret, string field, string text, PemText.Block block, string what, DiagnosticBag diagnostics)
        => diagnostics.Warn(
            secret, IngressDiagnosticIds.SecretPartIgnored, field, $"At line {PemText.LineOf(text, block.Range.Start.Value)} of its text stands {what}.");
}

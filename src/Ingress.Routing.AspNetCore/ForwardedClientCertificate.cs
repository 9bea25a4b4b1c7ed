using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Writes the headers that tell a backend about the client certificate; nothing that a client or a proxy sent under these names is left.</summary>
internal static class ForwardedClientCertificate
{
    private const string SslPrefix = "ssl-client-";

    /// <summary>Tells what became of the client certificate.</summary>
    /// <param name="verification">Null when TLS did not end here.</param>
    /// <param name="style">In which headers.</param>
    public static void Set(IHeaderDictionary headers, ClientCertificateVerification? verification, ClientCertificateHeaderStyle style)
    {
        Remove(headers);
        verification ??= ClientCertificateVerification.None;
        var verdict = verification.Outcome switch
        {
            ClientCertificateOutcome.Verified => "SUCCESS",
            ClientCertificateOutcome.Failed => $"FAILED:{verification.Reason}",
            _ => "NONE",
        };
        if (style == ClientCertificateHeaderStyle.ClientCert)
        {
            SetOurs(headers, verification, verdict);
        }
        else
        {
            SetSslClient(headers, verification, verdict, style == ClientCertificateHeaderStyle.SslClientWithCertificate);
        }
    }

    private static void SetOurs(IHeaderDictionary headers, ClientCertificateVerification verification, string verdict)
    {
        headers[ClientCertificateHeaders.Verify] = verdict;
        if (verification.Outcome == ClientCertificateOutcome.None)
        {
            return;
        }

        headers[ClientCertificateHeaders.Subject] = verification.Subject;
        headers[ClientCertificateHeaders.Issuer] = verification.Issuer;
        headers[ClientCertificateHeaders.Fingerprint] = verification.Fingerprint;
        if (verification.Outcome == ClientCertificateOutcome.Verified)
        {
            headers[ClientCertificateHeaders.Certificate] = $":{Convert.ToBase64String(verification.Certificate.Span)}:";
        }
    }

    // As ingress-nginx does: the certificate whether it was verified or not, which is what ssl-client-verify says.
    private static void SetSslClient(IHeaderDictionary headers, ClientCertificateVerification verification, string verdict, bool withCertificate)
    {
        headers[SslPrefix + "verify"] = verdict;
        if (verification.Outcome == ClientCertificateOutcome.None)
        {
            return;
        }

        headers[SslPrefix + "subject-dn"] = verification.Subject;
        headers[SslPrefix + "issuer-dn"] = verification.Issuer;
        if (withCertificate)
        {
            headers[SslPrefix + "cert"] = Uri.EscapeDataString(PemEncoding.WriteString("CERTIFICATE", verification.Certificate.Span) + "\n");
        }
    }

    private static void Remove(IHeaderDictionary headers)
    {
        foreach (var name in headers.Keys.Where(IsOurs).ToList())
        {
            headers.Remove(name);
        }
    }

    private static bool IsOurs(string name)
        => HeaderSpelling.BeginsLike(name, SslPrefix)
            || ClientCertificateHeaders.All.Any(ours => name.Equals(ours, StringComparison.OrdinalIgnoreCase) || HeaderSpelling.IsOther(name, ours));
}

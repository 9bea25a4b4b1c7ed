using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Writes the headers that tell a backend about the client certificate; nothing that a client or a proxy sent under these names is left.</summary>
internal static class ForwardedClientCertificate
{
    /// <summary>Tells what became of the client certificate.</summary>
    /// <param name="verification">Null when TLS did not end here.</param>
    public static void Set(IHeaderDictionary headers, ClientCertificateVerification? verification)
    {
        Remove(headers);
        verification ??= ClientCertificateVerification.None;
        headers[ClientCertificateHeaders.Verify] = verification.Outcome switch
        {
            ClientCertificateOutcome.Verified => "SUCCESS",
            ClientCertificateOutcome.Failed => $"FAILED:{verification.Reason}",
            _ => "NONE",
        };
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

    private static void Remove(IHeaderDictionary headers)
    {
        foreach (var name in headers.Keys.Where(static name => ClientCertificateHeaders.All.Any(ours => name.Equals(ours, StringComparison.OrdinalIgnoreCase) || HeaderSpelling.IsOther(name, ours))).ToList())
        {
            headers.Remove(name);
        }
    }
}

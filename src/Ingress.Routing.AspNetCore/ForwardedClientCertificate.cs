using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Writes the headers that tell a backend about the client certificate; those that a client sent are gone by then.</summary>
internal static class ForwardedClientCertificate
{
    /// <summary>Tells what became of the client certificate.</summary>
    /// <param name="verification">Null when TLS did not end here.</param>
    public static void Add(IHeaderDictionary headers, ClientCertificateVerification? verification)
    {
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
}

using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Writes the headers that tell a backend about the client certificate, and makes sure that nobody else did.</summary>
internal static class ForwardedClientCertificate
{
    private static readonly string[] s_own = [.. ClientCertificateHeaders.All.Where(static name => name.StartsWith("X-", StringComparison.Ordinal))];

    /// <summary>Takes out what the client may have sent.</summary>
    /// <param name="all">
    /// Whether any backend relies on them. Then everything goes that it could take for one of them: many backends see no difference between
    /// <c>_</c> and <c>-</c>. Otherwise the standard ones are left alone, since a proxy in front may have set them.
    /// </param>
    public static void Remove(IHeaderDictionary headers, bool all)
    {
        if (all)
        {
            foreach (var name in headers.Keys.Where(IsAlike).ToList())
            {
                headers.Remove(name);
            }

            return;
        }

        foreach (var name in s_own)
        {
            headers.Remove(name);
        }
    }

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

    private static bool IsAlike(string name)
        => ClientCertificateHeaders.All.Any(known => known.Length == name.Length && known.Equals(name.Replace('_', '-'), StringComparison.OrdinalIgnoreCase));
}

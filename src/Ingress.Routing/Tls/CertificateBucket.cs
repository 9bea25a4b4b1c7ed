using Ingress.Routing.Matching;

namespace Ingress.Routing.Tls;

/// <summary>The certificates that may serve one host, best first: what TLS entries say, then what certificates say themselves (D17).</summary>
internal sealed class CertificateBucket(IReadOnlyList<CertificateCandidate> candidates)
{
    /// <summary>Chooses the first candidate that covers the requested name.</summary>
    /// <param name="certificate">The certificate; null when the default one is meant.</param>
    /// <returns>False when no candidate remains.</returns>
    public bool TryChoose(RequestHost name, out TlsCertificate? certificate)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            certificate = candidates[i].Certificate;
            if (certificate is null || certificate.Names.Cover(name))
            {
                return true;
            }
        }

        certificate = null;
        return false;
    }
}

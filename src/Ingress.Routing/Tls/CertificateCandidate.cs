namespace Ingress.Routing.Tls;

/// <summary>One claim on the certificate of a host.</summary>
/// <param name="Certificate">The certificate; null for an entry without a Secret, which means the default certificate.</param>
internal readonly record struct CertificateCandidate(TlsCertificate? Certificate);

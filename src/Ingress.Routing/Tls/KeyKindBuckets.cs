namespace Ingress.Routing.Tls;

/// <summary>What one host gives clients that verify one kind of keys alone (D24).</summary>
/// <param name="Rsa">For those that verify RSA.</param>
/// <param name="Ecdsa">For those that verify ECDSA.</param>
internal sealed record KeyKindBuckets(CertificateBucket Rsa, CertificateBucket Ecdsa)
{
    public CertificateBucket Of(CertificateKeyKinds kind) => kind == CertificateKeyKinds.Rsa ? Rsa : Ecdsa;
}

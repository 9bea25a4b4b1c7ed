using System.Formats.Asn1;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ingress.Routing.Acme.Protocol;

/// <summary>The certificate that answers a challenge within the handshake (RFC 8737, 3).</summary>
internal static class ChallengeCertificate
{
    private static readonly Oid s_identifier = new("1.3.6.1.5.5.7.1.31");

    public static SslStreamCertificateContext Create(string name, string keyAuthorization, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=acme challenge", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(Names(name));
        request.CertificateExtensions.Add(new X509Extension(s_identifier, Digest(keyAuthorization), critical: true));
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(7));
        return SslStreamCertificateContext.Create(PlatformKeys.Usable(certificate), additionalCertificates: null, offline: true);
    }

    private static byte[] Digest(string keyAuthorization)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(SHA256.HashData(Encoding.ASCII.GetBytes(keyAuthorization)));
        return writer.Encode();
    }

    private static X509SubjectAlternativeNameExtension Names(string name)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, name, new Asn1Tag(TagClass.ContextSpecific, 2));
        }

        return new(writer.Encode());
    }
}

using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.Acme.Protocol;

/// <summary>What a CA is asked to sign (RFC 2986): names and a key.</summary>
internal static class SigningRequest
{
    /// <summary>Makes one.</summary>
    /// <param name="names">The names, as the order has them.</param>
    /// <param name="keyPem">The key.</param>
    /// <returns>The request in DER.</returns>
    public static byte[] Create(IReadOnlyList<string> names, string keyPem)
    {
        using var key = Keys.Read(keyPem);

        // Without a common name: it has 64 characters at most, and nobody reads it.
        var subject = new X500DistinguishedName("");
        var request = key is ECDsa ecdsa
            ? new CertificateRequest(subject, ecdsa, HashAlgorithmName.SHA256)
            : new CertificateRequest(subject, (RSA)key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(Names(names));
        return request.CreateSigningRequest();
    }

    // The builder of the framework reads names as IDN once more, and throws at some that are none.
    private static X509SubjectAlternativeNameExtension Names(IReadOnlyList<string> names)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var name in names)
            {
                writer.WriteCharacterString(UniversalTagNumber.IA5String, name, new Asn1Tag(TagClass.ContextSpecific, 2));
            }
        }

        return new(writer.Encode());
    }
}

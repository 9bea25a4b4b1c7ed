using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.Tls;

/// <summary>How a revocation list is signed.</summary>
/// <param name="Hash">The hash.</param>
/// <param name="Padding">The padding of RSA; null for ECDSA.</param>
internal sealed record SignatureScheme(HashAlgorithmName Hash, RSASignaturePadding? Padding)
{
    private const string RsaPss = "1.2.840.113549.1.1.10";

    /// <summary>Reads an algorithm identifier.</summary>
    /// <returns>Null for one that is not supported; SHA-1 is not.</returns>
    public static SignatureScheme? TryRead(ReadOnlyMemory<byte> algorithm)
    {
        var sequence = new AsnReader(algorithm, AsnEncodingRules.DER).ReadSequence();
        return sequence.ReadObjectIdentifier() switch
        {
            "1.2.840.113549.1.1.11" => new(HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "1.2.840.113549.1.1.12" => new(HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
            "1.2.840.113549.1.1.13" => new(HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
            "1.2.840.10045.4.3.2" => new(HashAlgorithmName.SHA256, null),
            "1.2.840.10045.4.3.3" => new(HashAlgorithmName.SHA384, null),
            "1.2.840.10045.4.3.4" => new(HashAlgorithmName.SHA512, null),
            RsaPss => ReadPss(sequence),
            _ => null,
        };
    }

    /// <summary>Whether the key of a certificate made a signature.</summary>
    public bool Verify(X509Certificate2 issuer, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (Padding is null)
        {
            using var ecdsa = issuer.GetECDsaPublicKey();
            return ecdsa?.VerifyData(data, signature, Hash, DSASignatureFormat.Rfc3279DerSequence) ?? false;
        }

        using var rsa = issuer.GetRSAPublicKey();
        return rsa?.VerifyData(data, signature, Hash, Padding) ?? false;
    }

    // Hash, mask generation and salt length; the platform takes the salt to be as long as the hash, as everybody makes it (RFC 8017).
    private static SignatureScheme? ReadPss(AsnReader sequence)
    {
        var parameters = sequence.ReadSequence();
        if (!parameters.HasData || !parameters.PeekTag().HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            return null;
        }

        var hash = parameters.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence().ReadObjectIdentifier() switch
        {
            "2.16.840.1.101.3.4.2.1" => HashAlgorithmName.SHA256,
            "2.16.840.1.101.3.4.2.2" => HashAlgorithmName.SHA384,
            "2.16.840.1.101.3.4.2.3" => HashAlgorithmName.SHA512,
            _ => default,
        };
        return hash.Name is null ? null : new(hash, RSASignaturePadding.Pss);
    }
}

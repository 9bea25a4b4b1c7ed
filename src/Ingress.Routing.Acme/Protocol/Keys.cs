using System.Security.Cryptography;

namespace Ingress.Routing.Acme.Protocol;

/// <summary>Makes keys and reads them.</summary>
internal static class Keys
{
    public static AsymmetricAlgorithm Create(AcmeKeyKind kind) => kind switch
    {
        AcmeKeyKind.EcdsaP256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        AcmeKeyKind.EcdsaP384 => ECDsa.Create(ECCurve.NamedCurves.nistP384),
        AcmeKeyKind.Rsa2048 => RSA.Create(2048),
        AcmeKeyKind.Rsa3072 => RSA.Create(3072),
        AcmeKeyKind.Rsa4096 => RSA.Create(4096),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Reads a key in PKCS #8, which says itself what it is.</summary>
    /// <exception cref="CryptographicException">It is neither ECDSA nor RSA, or broken.</exception>
    public static AsymmetricAlgorithm Read(string pem)
    {
        try
        {
            return Read(ECDsa.Create(), pem);
        }
        catch (CryptographicException)
        {
            return Read(RSA.Create(), pem);
        }
    }

    private static AsymmetricAlgorithm Read(AsymmetricAlgorithm key, string pem)
    {
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception exception)
        {
            key.Dispose();
            throw exception is ArgumentException ? new CryptographicException("There is no key in it.", exception) : exception;
        }
    }
}

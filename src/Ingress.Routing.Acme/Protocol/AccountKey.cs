using System.Security.Cryptography;
using System.Text;

namespace Ingress.Routing.Acme.Protocol;

/// <summary>The key of an account: signs requests (RFC 7518). Thread-safe.</summary>
internal sealed class AccountKey : IDisposable
{
    private readonly AsymmetricAlgorithm _key;
    private readonly HashAlgorithmName _hash;

    // The framework does not promise that one key may sign twice at the same time.
    private readonly Lock _signing = new();

    private AccountKey(AsymmetricAlgorithm key)
    {
        _key = key;
        switch (key)
        {
            case ECDsa ecdsa:
                var point = ecdsa.ExportParameters(includePrivateParameters: false);
                (Algorithm, var curve, _hash) = ecdsa.KeySize switch
                {
                    256 => ("ES256", "P-256", HashAlgorithmName.SHA256),
                    384 => ("ES384", "P-384", HashAlgorithmName.SHA384),
                    _ => throw new CryptographicException("An account key is on P-256 or P-384, or an RSA key."),
                };
                Jwk = $$"""{"crv":"{{curve}}","kty":"EC","x":"{{Base64Url.Encode(point.Q.X)}}","y":"{{Base64Url.Encode(point.Q.Y)}}"}""";
                break;

            case RSA rsa:
                var numbers = rsa.ExportParameters(includePrivateParameters: false);
                (Algorithm, _hash) = ("RS256", HashAlgorithmName.SHA256);
                Jwk = $$"""{"e":"{{Base64Url.Encode(numbers.Exponent)}}","kty":"RSA","n":"{{Base64Url.Encode(numbers.Modulus)}}"}""";
                break;

            default:
                throw new CryptographicException("An account key is an ECDSA or an RSA key.");
        }

        Thumbprint = Base64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Jwk)));
    }

    /// <summary>How it signs, as <c>alg</c> says it.</summary>
    public string Algorithm { get; }

    /// <summary>The public key as JSON, in the one form that has a thumbprint (RFC 7638, 3): members in order, no spaces.</summary>
    public string Jwk { get; }

    /// <summary>What a key authorization ends with (RFC 8555, 8.1).</summary>
    public string Thumbprint { get; }

    /// <exception cref="CryptographicException">It cannot be one.</exception>
    public static AccountKey Read(string pem) => new(Keys.Read(pem));

    public static string CreatePem(AcmeKeyKind kind)
    {
        using var key = Keys.Create(kind);
        return key.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>Answers a challenge.</summary>
    public string Authorize(string token) => $"{token}.{Thumbprint}";

    public byte[] Sign(byte[] text)
    {
        lock (_signing)
        {
            return _key is ECDsa ecdsa
                ? ecdsa.SignData(text, _hash)
                : ((RSA)_key).SignData(text, _hash, RSASignaturePadding.Pkcs1);
        }
    }

    public void Dispose() => _key.Dispose();
}

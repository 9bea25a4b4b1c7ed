using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ingress.Routing.Acme.Protocol;

/// <summary>Signs what is sent (RFC 8555, 6.2).</summary>
internal static class Jws
{
    /// <summary>Signs for an account, or, before there is one, for its key.</summary>
    /// <param name="account">The address of the account; null to say the key itself.</param>
    /// <param name="nonce">A nonce of the CA; null within another message, which has one.</param>
    /// <param name="payload">What is sent; empty to only read something.</param>
    public static SignedMessage Sign(AccountKey key, Uri? account, string? nonce, Uri url, ReadOnlySpan<byte> payload)
    {
        var header = Header(key.Algorithm, nonce, url, writer =>
        {
            if (account is not null)
            {
                writer.WriteString("kid", account.OriginalString);
            }
            else
            {
                writer.WritePropertyName("jwk");
                writer.WriteRawValue(key.Jwk);
            }
        });
        return Seal(header, payload, key.Sign);
    }

    /// <summary>Proves that whoever has this account key also has an account of another kind at the CA (RFC 8555, 7.3.4).</summary>
    public static SignedMessage Bind(AccountKey key, string keyId, byte[] macKey, Uri url)
    {
        var header = Header("HS256", nonce: null, url, writer => writer.WriteString("kid", keyId));
        return Seal(header, Encoding.ASCII.GetBytes(key.Jwk), text => HMACSHA256.HashData(macKey, text));
    }

    private static SignedMessage Seal(byte[] header, ReadOnlySpan<byte> payload, Func<byte[], byte[]> sign)
    {
        var (first, second) = (Base64Url.Encode(header), Base64Url.Encode(payload));
        return new()
        {
            Protected = first,
            Payload = second,
            Signature = Base64Url.Encode(sign(Encoding.ASCII.GetBytes($"{first}.{second}"))),
        };
    }

    private static byte[] Header(string algorithm, string? nonce, Uri url, Action<Utf8JsonWriter> writeKey)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            writer.WriteString("alg", algorithm);
            writeKey(writer);
            if (nonce is not null)
            {
                writer.WriteString("nonce", nonce);
            }

            writer.WriteString("url", url.AbsoluteUri);
            writer.WriteEndObject();
        }

        return text.ToArray();
    }
}

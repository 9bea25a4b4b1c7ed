namespace Ingress.Routing.Manifests.Binding;

/// <summary>Bytes as manifests write them.</summary>
internal static class Base64Text
{
    /// <summary>The bytes; null when the text is no base64. Line breaks are skipped, as by the API server, and nothing else is.</summary>
    public static byte[]? Decode(string encoded)
    {
        var digits = encoded.AsSpan().ContainsAny('\r', '\n')
            ? encoded.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)
            : encoded;
        var bytes = new byte[(digits.Length / 4 * 3) + 3];
        return !digits.AsSpan().ContainsAny(' ', '\t') && Convert.TryFromBase64String(digits, bytes, out var count) ? bytes[..count] : null;
    }
}

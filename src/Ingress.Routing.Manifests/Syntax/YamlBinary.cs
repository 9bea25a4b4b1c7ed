using System.Text;

namespace Ingress.Routing.Manifests.Syntax;

/// <summary>Decodes a <c>!!binary</c> scalar, which the API server takes as the text it encodes.</summary>
internal static class YamlBinary
{
    public static string Decode(string text, Position position)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count)
            ? Encoding.UTF8.GetString(bytes, 0, count)
            : throw ManifestSyntaxException.Malformed("The value has the tag '!!binary' and is not base64.", position);
    }
}

using System.Text;
using Ingress.Routing.Manifests.Syntax;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>Reads the Secrets that hold a certificate. Nothing of their content is ever put into a message.</summary>
internal static class SecretBinder
{
    private const string TlsType = "kubernetes.io/tls";
    private const string CertificateEntry = "tls.crt";
    private const string KeyEntry = "tls.key";

    /// <summary>Whether a Secret can be meant for TLS; all others are none of our business.</summary>
    public static bool IsForTls(MappingNode secret)
        => (secret.TryFind("type", out var type) && type.Value is ScalarNode { Text: TlsType })
            || HasCertificate(secret, "data")
            || HasCertificate(secret, "stringData");

    public static TlsSecret Read(FieldReader root, ObjectReport report, MappingNode secret, ObjectMetadata metadata, ResourceOrigin origin)
    {
        var data = root.StringMap("data");
        var stringData = root.StringMap("stringData");
        return new()
        {
            Metadata = metadata,
            Origin = origin,
            Type = root.String("type"),
            CertificatePem = TextOf(CertificateEntry),
            KeyPem = TextOf(KeyEntry),
        };

        // stringData is written over data when the API server stores a Secret.
        string? TextOf(string entry)
        {
            if (stringData.TryGetValue(entry, out var text))
            {
                return text;
            }

            if (!data.TryGetValue(entry, out var encoded))
            {
                return null;
            }

            if (Decode(encoded) is { } decoded)
            {
                return decoded;
            }

            report.NotBase64(FieldPath.Root.Field("data").Key(entry), PositionOf(secret, entry));
            return null;
        }
    }

    private static string? Decode(string encoded)
    {
        var bytes = new byte[(encoded.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(encoded, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : null;
    }

    private static bool HasCertificate(MappingNode secret, string field)
        => secret.TryFind(field, out var entry) && entry.Value is MappingNode map && map.FindExact(CertificateEntry) is not null;

    private static Position PositionOf(MappingNode secret, string entry)
        => secret.TryFind("data", out var data) && data.Value is MappingNode map && map.TryFind(entry, out var found)
            ? found.Position
            : secret.Position;
}

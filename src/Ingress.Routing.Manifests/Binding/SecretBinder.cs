using System.Buffers;
using System.Text;
using Ingress.Routing.Manifests.Syntax;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>Reads the Secrets that hold a certificate or authorities. Nothing of their content is ever put into a message.</summary>
internal static class SecretBinder
{
    private const string TlsType = "kubernetes.io/tls";
    private const string CertificateEntry = "tls.crt";
    private const string KeyEntry = "tls.key";
    private const string AuthoritiesEntry = "ca.crt";
    private const string RevocationListsEntry = "ca.crl";

    private static readonly SearchValues<char> s_nameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <summary>Whether a Secret can be meant for TLS; all others are none of our business.</summary>
    public static bool IsForTls(MappingNode secret)
        => (secret.TryFind("type", out var type) && type.Value is ScalarNode { Text: TlsType })
            || HasCertificates(secret, "data")
            || HasCertificates(secret, "stringData");

    /// <summary>The identity of a Secret for messages; empty where it is no name, since damaged indentation may have put anything there.</summary>
    public static ResourceReference SafeReference(ResourceReference secret)
        => secret with { Namespace = IsName(secret.Namespace) ? secret.Namespace : "", Name = IsName(secret.Name) ? secret.Name : "" };

    public static TlsSecret Read(FieldReader root, ObjectReport report, MappingNode secret, ObjectMetadata metadata, ResourceOrigin origin)
    {
        if (metadata.Name is { } name && !IsName(name))
        {
            var place = origin.Locate("metadata.name");
            report.Malformed(FieldPath.Root.Field("metadata").Field("name"), new(place.Line, place.Column), "a name");
        }

        var data = root.StringMap("data");
        var stringData = root.StringMap("stringData");
        return new()
        {
            Metadata = metadata,
            Origin = origin,
            Type = root.String("type"),
            CertificatePem = TextOf(CertificateEntry),
            KeyPem = TextOf(KeyEntry),
            AuthoritiesPem = TextOf(AuthoritiesEntry) ?? Unreadable(AuthoritiesEntry),
            RevocationListsPem = TextOf(RevocationListsEntry) ?? Unreadable(RevocationListsEntry),
        };

        // What is there and cannot be read is not the same as what is not there: without a list nothing is revoked.
        string? Unreadable(string entry) => data.ContainsKey(entry) ? "" : null;

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

    private static bool IsName(string? text) => text.AsSpan().IndexOfAnyExcept(s_nameCharacters) < 0;

    private static string? Decode(string encoded)
    {
        var bytes = new byte[(encoded.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(encoded, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : null;
    }

    private static bool HasCertificates(MappingNode secret, string field)
        => secret.TryFind(field, out var entry)
            && entry.Value is MappingNode map
            && (map.FindExact(CertificateEntry) ?? map.FindExact(AuthoritiesEntry)) is not null;

    private static Position PositionOf(MappingNode secret, string entry)
        => secret.TryFind("data", out var data) && data.Value is MappingNode map && map.TryFind(entry, out var found)
            ? found.Position
            : secret.Position;
}

using System.Buffers;
using Ingress.Routing.Manifests.Syntax;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>Reads Secrets. Nothing of their content is ever put into a message.</summary>
internal static class SecretBinder
{
    private const string CertificateEntry = "tls.crt";
    private const string KeyEntry = "tls.key";
    private const string AuthoritiesEntry = "ca.crt";
    private const string RevocationListsEntry = "ca.crl";

    private static readonly string[] s_entries = [CertificateEntry, KeyEntry, AuthoritiesEntry, RevocationListsEntry];

    private static readonly SearchValues<char> s_nameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <summary>Whether a Secret can be meant for TLS. Of all others nothing is said unless an annotation refers to them.</summary>
    public static bool IsForTls(MappingNode secret)
        => (secret.TryFind("type", out var type) && type.Value is ScalarNode { Text: SecretResource.TlsType })
            || HasCertificates(secret, "data")
            || HasCertificates(secret, "stringData");

    /// <summary>The identity of a Secret for messages; empty where it is no name, since damaged indentation may have put anything there.</summary>
    public static ResourceReference SafeReference(ResourceReference secret)
        => secret with { Namespace = IsName(secret.Namespace) ? secret.Namespace : "", Name = IsName(secret.Name) ? secret.Name : "" };

    public static SecretResource Read(FieldReader root, ObjectReport report, MappingNode secret, ObjectMetadata metadata, ResourceOrigin origin)
    {
        if (metadata.Name is { } name && !IsName(name))
        {
            var place = origin.Locate("metadata.name");
            report.Malformed(FieldPath.Root.Field("metadata").Field("name"), new(place.Line, place.Column), "a name");
        }

        var data = SecretData.Read(root, report, secret, s_entries);
        data.ReportOthers(s_entries);
        return new() { Metadata = metadata, Origin = origin, Type = root.String("type"), Data = data.IsRefused ? Remains(data) : data.Readable };
    }

    // The API server stores nothing of a Secret with anything in it that it cannot read. The certificate is kept, so that what uses the Secret
    // can say what is missing; without a key it counts for nothing, and the version before goes on serving (semantics 11.9). What is there and
    // cannot be read is not the same as what is not there: without a list nothing is revoked.
    private static Dictionary<string, ReadOnlyMemory<byte>> Remains(SecretData data)
    {
        var readable = data.Readable;
        var remains = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal) { [RevocationListsEntry] = default };
        if (readable.TryGetValue(CertificateEntry, out var certificate))
        {
            remains[CertificateEntry] = certificate;
        }

        if (data.Has(AuthoritiesEntry))
        {
            remains[AuthoritiesEntry] = readable.GetValueOrDefault(AuthoritiesEntry);
        }

        return remains;
    }

    private static bool IsName(string? text) => text.AsSpan().IndexOfAnyExcept(s_nameCharacters) < 0;

    private static bool HasCertificates(MappingNode secret, string field)
        => secret.TryFind(field, out var entry)
            && entry.Value is MappingNode map
            && (map.FindExact(CertificateEntry) ?? map.FindExact(AuthoritiesEntry)) is not null;
}

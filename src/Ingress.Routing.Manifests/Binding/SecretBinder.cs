using System.Buffers;
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

    private static readonly string[] s_entries = [CertificateEntry, KeyEntry, AuthoritiesEntry, RevocationListsEntry];

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

        var data = SecretData.Read(root, report, secret, s_entries);
        data.ReportOthers(s_entries);

        // The API server stores nothing of a Secret with anything in it that it cannot read. The certificate is kept, so that what uses the
        // Secret can say what is missing; without a key it counts for nothing, and the version before goes on serving (semantics 11.9).
        return new()
        {
            Metadata = metadata,
            Origin = origin,
            Type = root.String("type"),
            CertificatePem = data.Find(CertificateEntry),
            KeyPem = data.IsRefused ? null : data.Find(KeyEntry),
            AuthoritiesPem = data.Find(AuthoritiesEntry) ?? Unreadable(AuthoritiesEntry),
            RevocationListsPem = data.IsRefused ? "" : data.Find(RevocationListsEntry) ?? Unreadable(RevocationListsEntry),
        };

        // What is there and cannot be read is not the same as what is not there: without a list nothing is revoked.
        string? Unreadable(string entry) => data.Has(entry) ? "" : null;
    }

    private static bool IsName(string? text) => text.AsSpan().IndexOfAnyExcept(s_nameCharacters) < 0;

    private static bool HasCertificates(MappingNode secret, string field)
        => secret.TryFind(field, out var entry)
            && entry.Value is MappingNode map
            && (map.FindExact(CertificateEntry) ?? map.FindExact(AuthoritiesEntry)) is not null;
}

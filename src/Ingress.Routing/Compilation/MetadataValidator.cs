using System.Text;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using static Ingress.Routing.Diagnostics.FieldErrorKind;

namespace Ingress.Routing.Compilation;

/// <summary>The rules of the API server for <c>metadata</c>, which hold for every kind (semantics 2.1).</summary>
internal static class MetadataValidator
{
    private const string Labels = "metadata.labels";
    private const string Annotations = "metadata.annotations";
    private const string Owners = "metadata.ownerReferences";
    private const string Finalizers = "metadata.finalizers";

    // Of all keys and values together, in bytes.
    private const int MostAnnotationBytes = 256 * 1024;

    private static readonly string[] s_standardFinalizers = ["kubernetes", "orphan", "foregroundDeletion"];

    /// <summary>Reports every violation.</summary>
    public static void Validate(FieldReport report)
    {
        var metadata = report.Resource.Metadata;
        ValidateName(report, metadata);

        // A missing namespace means 'default' (D4), and that of a class is dropped.
        if (report.Resource is not IngressClassResource && !string.IsNullOrEmpty(metadata.Namespace))
        {
            Check("metadata.namespace", "namespace", metadata.Namespace, NameSyntax.LabelErrors(metadata.Namespace));
        }

        ValidateLabels(report, metadata.Labels);
        ValidateAnnotations(report, metadata.Annotations);
        ValidateOwners(report, metadata.OwnerReferences);
        ValidateFinalizers(report, metadata.Finalizers);

        void Check(string field, string what, string text, IEnumerable<string> violations)
            => report.Errors(IngressDiagnosticIds.InvalidMetadata, field, what, text, violations);
    }

    // A generated name is made of the prefix when the object is created. Nothing that is read again and again can have one, and 'kubectl
    // apply' refuses it as well.
    private static void ValidateName(FieldReport report, ObjectMetadata metadata)
    {
        if (!string.IsNullOrEmpty(metadata.Name))
        {
            report.Errors(
                IngressDiagnosticIds.InvalidMetadata, "metadata.name", "name", metadata.Name, NameErrors(report.Resource, metadata.Name));
            return;
        }

        report.Error(
            IngressDiagnosticIds.InvalidMetadata,
            Required,
            "metadata.name",
            string.IsNullOrEmpty(metadata.GenerateName)
                ? "The object has no name."
                : "The object has no name, only a 'generateName', which gives it another name each time it is created; write a 'name'.");
    }

    private static IEnumerable<string> NameErrors(KubernetesResource resource, string name)
        => resource is ServiceResource ? NameSyntax.ServiceNameErrors(name) : NameSyntax.SubdomainErrors(name);

    // The API server reports the map as a whole; the line is that of the entry.
    private static void ValidateLabels(FieldReport report, IReadOnlyDictionary<string, string> labels)
    {
        foreach (var (key, value) in labels)
        {
            if (!LabelSyntax.IsQualifiedName(key))
            {
                report.EntryErrors(Labels, key, "label", key, LabelSyntax.QualifiedNameErrors(key));
            }

            if (!LabelSyntax.IsLabelValue(value))
            {
                report.EntryErrors(Labels, key, "value of a label", value, LabelSyntax.LabelValueErrors(value));
            }
        }
    }

    private static void ValidateAnnotations(FieldReport report, IReadOnlyDictionary<string, string> annotations)
    {
        long size = 0;
        foreach (var (key, value) in annotations)
        {
            size += key.Length + value.Length;

            // In lower case, so that the part before the slash may have capitals, unlike that of a label.
            if (!LabelSyntax.IsQualifiedName(key) && LabelSyntax.QualifiedNameErrors(key.ToLowerInvariant()) is var errors)
            {
                report.EntryErrors(Annotations, key, "annotation", key, errors);
            }
        }

        // A character of UTF-16 has three bytes at most, so nearly no annotations have to be counted byte by byte.
        if (size * 3 > MostAnnotationBytes && annotations.Sum(BytesOf) > MostAnnotationBytes)
        {
            report.Error(
                IngressDiagnosticIds.InvalidMetadata, TooLong, Annotations, $"The annotations have more than {MostAnnotationBytes} bytes together.");
        }
    }

    private static long BytesOf(KeyValuePair<string, string> entry)
        => (long)Encoding.UTF8.GetByteCount(entry.Key) + Encoding.UTF8.GetByteCount(entry.Value);

    private static void ValidateOwners(FieldReport report, IReadOnlyList<OwnerReference> owners)
    {
        var controllers = 0;
        foreach (var owner in owners)
        {
            RequireText(VersionOf(owner.ApiVersion), "apiVersion");
            RequireText(owner.Kind, "kind");
            RequireText(owner.Name, "name");
            RequireText(owner.Uid, "uid");
            if (owner is { ApiVersion: "v1", Kind: "Event" })
            {
                report.Error(IngressDiagnosticIds.InvalidMetadata, Invalid, Owners, "An Event cannot own anything.");
            }

            if (owner.Controller == true && ++controllers > 1)
            {
                report.Error(IngressDiagnosticIds.InvalidMetadata, Invalid, Owners, "Only one owner can have 'controller: true'.");
            }
        }

        static string VersionOf(string? apiVersion)
            => apiVersion?.Split('/') is [.., var version] parts && parts.Length <= 2 ? version : "";

        void RequireText(string? text, string field)
        {
            if (string.IsNullOrEmpty(text))
            {
                report.Error(IngressDiagnosticIds.InvalidMetadata, Invalid, $"{Owners}.{field}", $"An owner has no '{field}'.");
            }
        }
    }

    private static void ValidateFinalizers(FieldReport report, IReadOnlyList<string> finalizers)
    {
        for (var i = 0; i < finalizers.Count; i++)
        {
            report.Errors(
                IngressDiagnosticIds.InvalidMetadata, Finalizers, "finalizer", finalizers[i], LabelSyntax.QualifiedNameErrors(finalizers[i]));
            if (!finalizers[i].Contains('/', StringComparison.Ordinal) && !s_standardFinalizers.Contains(finalizers[i]))
            {
                report.Error(
                    IngressDiagnosticIds.InvalidMetadata,
                    Invalid,
                    FieldPath.Item(Finalizers, i),
                    "A finalizer needs a domain and a slash before its name, unless it is one of Kubernetes itself.");
            }
        }

        if (finalizers.Contains("orphan") && finalizers.Contains("foregroundDeletion"))
        {
            report.Error(
                IngressDiagnosticIds.InvalidMetadata, Invalid, Finalizers, "The finalizers 'orphan' and 'foregroundDeletion' exclude each other.");
        }
    }
}

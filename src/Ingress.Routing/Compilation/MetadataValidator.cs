using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Compilation;

/// <summary>The rules for names and namespaces (semantics 2.1).</summary>
internal static class MetadataValidator
{
    public static void Validate(FieldReport report, bool isNamespaced)
    {
        var metadata = report.Resource.Metadata;
        if (HasName(report))
        {
            report.Errors(
                IngressDiagnosticIds.InvalidMetadata, "metadata.name", "name", metadata.Name!, NameSyntax.SubdomainErrors(metadata.Name!));
        }

        // A missing namespace means 'default' (D4).
        if (isNamespaced && !string.IsNullOrEmpty(metadata.Namespace))
        {
            report.Errors(
                IngressDiagnosticIds.InvalidMetadata, "metadata.namespace", "namespace", metadata.Namespace, NameSyntax.LabelErrors(metadata.Namespace));
        }
    }

    /// <summary>Reports an object without a name: nothing can refer to it.</summary>
    public static bool HasName(FieldReport report)
    {
        if (!string.IsNullOrEmpty(report.Resource.Metadata.Name))
        {
            return true;
        }

        report.Error(IngressDiagnosticIds.InvalidMetadata, FieldErrorKind.Required, "metadata.name", "The object has no name.");
        return false;
    }
}

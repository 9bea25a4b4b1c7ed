using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>The rules for names and namespaces (semantics 2.1).</summary>
internal static class MetadataValidator
{
    /// <summary>Leaves out the objects that nothing can refer to. Of Services, slices and Secrets, no more than the name is judged.</summary>
    public static IReadOnlyList<T> OnlyNamed<T>(IReadOnlyList<T> resources, DiagnosticBag diagnostics)
        where T : KubernetesResource
        => resources.All(static resource => !string.IsNullOrEmpty(resource.Metadata.Name))
            ? resources
            : [.. resources.Where(resource => HasName(new FieldReport(resource, diagnostics)))];

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

    private static bool HasName(FieldReport report)
    {
        if (!string.IsNullOrEmpty(report.Resource.Metadata.Name))
        {
            return true;
        }

        report.Error(IngressDiagnosticIds.InvalidMetadata, FieldErrorKind.Required, "metadata.name", "The object has no name.");
        return false;
    }
}

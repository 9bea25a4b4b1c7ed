using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Whether an object counts: what the API server would not store takes no part in anything. Ingresses and classes are validated elsewhere.</summary>
internal static class ObjectValidator
{
    /// <summary>Whether the API server would store the object, as far as that is looked at here.</summary>
    public static bool IsValid(KubernetesResource resource)
    {
        var diagnostics = new DiagnosticBag();
        Validate(new FieldReport(resource, diagnostics));
        return diagnostics.Count == 0;
    }

    /// <summary>Reports every violation.</summary>
    public static void Validate(FieldReport report)
    {
        MetadataValidator.Validate(report);
        switch (report.Resource)
        {
            case SecretResource secret:
                DataValidator.Validate(report, secret);
                break;

            case ConfigMapResource configMap:
                DataValidator.Validate(report, configMap);
                break;
        }
    }
}

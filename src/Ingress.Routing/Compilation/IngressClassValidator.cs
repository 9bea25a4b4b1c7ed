using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using static Ingress.Routing.Diagnostics.FieldErrorKind;

namespace Ingress.Routing.Compilation;

/// <summary>The structural rules of the API server for an IngressClass (semantics 2.7).</summary>
internal static class IngressClassValidator
{
    private const int ControllerLimit = 250;
    private const string ClusterScope = "Cluster";
    private const string NamespaceScope = "Namespace";

    /// <summary>Reports every violation.</summary>
    /// <returns>Whether there was none; a class with one counts as missing.</returns>
    public static bool Validate(IngressClassResource ingressClass, DiagnosticBag diagnostics)
    {
        var before = diagnostics.Count;
        var report = new FieldReport(ingressClass, diagnostics);

        MetadataValidator.Validate(report);
        ValidateController(ingressClass.Controller, report);
        if (ingressClass.Parameters is { } parameters)
        {
            ValidateParameters(parameters, report);
        }

        return diagnostics.Count == before;
    }

    private static void ValidateController(string? controller, FieldReport report)
    {
        const string Field = "spec.controller";
        if (string.IsNullOrEmpty(controller))
        {
            report.Error(IngressDiagnosticIds.InvalidIngressClass, Required, Field, "The class names no controller.");
            return;
        }

        if (controller.Length > ControllerLimit)
        {
            report.Error(
                IngressDiagnosticIds.InvalidIngressClass, TooLong, Field, $"The controller name is longer than {ControllerLimit} characters.");
        }

        report.Errors(
            IngressDiagnosticIds.InvalidIngressClass, Field, "controller name", controller, NameSyntax.DomainPrefixedPathErrors(controller));
    }

    private static void ValidateParameters(IngressClassParameters parameters, FieldReport report)
    {
        const string Field = "spec.parameters";
        BackendValidator.ValidateReference(
            IngressDiagnosticIds.InvalidIngressClass, parameters.ApiGroup, parameters.Kind, parameters.Name, Field, report);

        switch (parameters.Scope)
        {
            case null or ClusterScope:
                if (parameters.Namespace is not null)
                {
                    report.Error(
                        IngressDiagnosticIds.InvalidIngressClass,
                        Forbidden,
                        $"{Field}.namespace",
                        "Parameters of scope 'Cluster' have no namespace.");
                }

                break;

            case NamespaceScope:
                ValidateNamespace(parameters.Namespace, $"{Field}.namespace", report);
                break;

            default:
                report.Error(
                    IngressDiagnosticIds.InvalidIngressClass,
                    NotSupported,
                    $"{Field}.scope",
                    $"The scope '{parameters.Scope}' is unknown; write Cluster or Namespace.");
                break;
        }
    }

    private static void ValidateNamespace(string? text, FieldPath field, FieldReport report)
    {
        if (text is null)
        {
            report.Error(IngressDiagnosticIds.InvalidIngressClass, Required, field, "Parameters of scope 'Namespace' need a namespace.");
            return;
        }

        report.Errors(IngressDiagnosticIds.InvalidIngressClass, field, "namespace", text, NameSyntax.LabelErrors(text));
    }
}

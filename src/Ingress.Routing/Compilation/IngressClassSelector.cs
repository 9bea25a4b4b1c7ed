using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Which Ingresses are ours (D1 to D3, semantics 10).</summary>
internal sealed class IngressClassSelector
{
    /// <summary>The annotation that named the class before there was a field for it (semantics 1.20).</summary>
    public const string LegacyAnnotation = "kubernetes.io/ingress.class";

    private const string ClassField = "spec.ingressClassName";
    private const string AnnotationField = $"metadata.annotations[{LegacyAnnotation}]";

    private readonly string? _controllerName;
    private readonly Dictionary<string, IngressClassResource> _classes;
    private readonly IngressClassResource? _defaultClass;
    private readonly List<IngressClassResource> _defaultClasses;

    /// <param name="classes">The valid classes.</param>
    /// <param name="controllerName">The controller that we are; null to serve every Ingress (D1).</param>
    public IngressClassSelector(IEnumerable<IngressClassResource> classes, string? controllerName)
    {
        _controllerName = controllerName;
        _classes = classes.ToDictionary(static item => item.Metadata.Name!, StringComparer.Ordinal);
        _defaultClasses = [.. _classes.Values.Where(static item => item.IsDefault)];
        _defaultClass = _defaultClasses.Count == 1 ? _defaultClasses[0] : null;
    }

    /// <summary>Whether an Ingress is served. One that is not takes no part in anything (D3, trap 27).</summary>
    /// <param name="ingress">A valid Ingress.</param>
    /// <param name="diagnostics">Receives what is worth reporting; null when only the answer matters.</param>
    public bool IsServed(IngressResource ingress, DiagnosticBag? diagnostics = null)
    {
        diagnostics?.At(DiagnosticPhase.IngressClass);
        var annotation = ingress.Metadata.Annotations.GetValueOrDefault(LegacyAnnotation);
        if (annotation is not null && ingress.IngressClassName is { } className && annotation != className)
        {
            // Only a create is refused for this, so stored objects may have it. The API server's field path has no "metadata." (trap 16).
            diagnostics?.Warn(
                ingress,
                IngressDiagnosticIds.ClassMismatch,
                $"annotations.{LegacyAnnotation}",
                $"The annotation names the class '{annotation}', the field the class '{className}'. The annotation decides.",
                FieldErrorKind.Invalid);
        }

        // The annotation goes first, and an empty one counts as present (D2, semantics 10.3).
        if (annotation is not null)
        {
            return IsOurs(ingress, annotation, AnnotationField, diagnostics);
        }

        return ingress.IngressClassName is { } name ? IsOurs(ingress, name, ClassField, diagnostics) : IsOursByDefault(ingress, diagnostics);
    }

    /// <summary>Reports the classes that are each marked as the default.</summary>
    public void ReportDefaults(DiagnosticBag diagnostics)
    {
        if (_defaultClasses.Count < 2)
        {
            return;
        }

        diagnostics.At(DiagnosticPhase.IngressClass);
        foreach (var item in _defaultClasses)
        {
            diagnostics.Warn(
                item,
                IngressDiagnosticIds.SeveralDefaultClasses,
                $"metadata.annotations[{IngressClassResource.DefaultAnnotation}]",
                "Several classes are marked as the default. None of them is used for Ingresses without a class.");
        }
    }

    private bool IsOurs(IngressResource ingress, string className, string field, DiagnosticBag? diagnostics)
    {
        if (!_classes.TryGetValue(className, out var ingressClass))
        {
            ReportUnknownClass(ingress, className, field, diagnostics);
            return _controllerName is null;
        }

        if (_controllerName is null || ingressClass.Controller == _controllerName)
        {
            return true;
        }

        diagnostics?.Inform(
            ingress,
            IngressDiagnosticIds.ForeignClass,
            field,
            $"The class '{className}' belongs to the controller '{ingressClass.Controller}'. The Ingress is not served here.");
        return false;
    }

    private bool IsOursByDefault(IngressResource ingress, DiagnosticBag? diagnostics)
    {
        if (_controllerName is null || _defaultClass?.Controller == _controllerName)
        {
            return true;
        }

        diagnostics?.Inform(
            ingress,
            IngressDiagnosticIds.NoClass,
            ClassField,
            "The Ingress names no class, and no single default class belongs to this controller. It is not served.");
        return false;
    }

    private void ReportUnknownClass(IngressResource ingress, string className, string field, DiagnosticBag? diagnostics)
    {
        if (_controllerName is not null)
        {
            diagnostics?.Warn(
                ingress, IngressDiagnosticIds.UnknownClass, field, $"There is no valid IngressClass '{className}'. The Ingress is not served.");
        }
        else if (_classes.Count > 0)
        {
            // Without a single IngressClass, the manifests simply leave classes to the cluster.
            diagnostics?.Inform(
                ingress,
                IngressDiagnosticIds.UnknownClass,
                field,
                $"There is no valid IngressClass '{className}'. The Ingress is served all the same, because no controller name is configured.");
        }
    }
}

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
    private readonly DiagnosticBag _diagnostics;

    /// <param name="classes">The valid classes.</param>
    /// <param name="controllerName">The controller that we are; null to serve every Ingress (D1).</param>
    public IngressClassSelector(IEnumerable<IngressClassResource> classes, string? controllerName, DiagnosticBag diagnostics)
    {
        _controllerName = controllerName;
        _diagnostics = diagnostics;
        _classes = classes.ToDictionary(static item => item.Metadata.Name!, StringComparer.Ordinal);
        _defaultClass = FindDefaultClass();
    }

    /// <summary>Whether an Ingress is served. One that is not takes no part in anything (D3, trap 27).</summary>
    public bool IsServed(IngressResource ingress)
    {
        var annotation = ingress.Metadata.Annotations.GetValueOrDefault(LegacyAnnotation);
        if (annotation is not null && ingress.IngressClassName is { } className && annotation != className)
        {
            // Only a create is refused for this, so stored objects may have it. The API server's field path has no "metadata." (trap 16).
            _diagnostics.Warn(
                ingress,
                IngressDiagnosticIds.ClassMismatch,
                $"annotations.{LegacyAnnotation}",
                $"The annotation names the class '{annotation}', the field the class '{className}'. The annotation decides.",
                FieldErrorKind.Invalid);
        }

        // The annotation goes first, and an empty one counts as present (D2, semantics 10.3).
        if (annotation is not null)
        {
            return IsOurs(ingress, annotation, AnnotationField);
        }

        return ingress.IngressClassName is { } name ? IsOurs(ingress, name, ClassField) : IsOursByDefault(ingress);
    }

    private bool IsOurs(IngressResource ingress, string className, string field)
    {
        if (!_classes.TryGetValue(className, out var ingressClass))
        {
            ReportUnknownClass(ingress, className, field);
            return _controllerName is null;
        }

        if (_controllerName is null || ingressClass.Controller == _controllerName)
        {
            return true;
        }

        _diagnostics.Inform(
            ingress,
            IngressDiagnosticIds.ForeignClass,
            field,
            $"The class '{className}' belongs to the controller '{ingressClass.Controller}'. The Ingress is not served here.");
        return false;
    }

    private bool IsOursByDefault(IngressResource ingress)
    {
        if (_controllerName is null || _defaultClass?.Controller == _controllerName)
        {
            return true;
        }

        _diagnostics.Inform(
            ingress,
            IngressDiagnosticIds.NoClass,
            ClassField,
            "The Ingress names no class, and no single default class belongs to this controller. It is not served.");
        return false;
    }

    private void ReportUnknownClass(IngressResource ingress, string className, string field)
    {
        if (_controllerName is not null)
        {
            _diagnostics.Warn(
                ingress, IngressDiagnosticIds.UnknownClass, field, $"There is no valid IngressClass '{className}'. The Ingress is not served.");
        }
        else if (_classes.Count > 0)
        {
            // Without a single IngressClass, the manifests simply leave classes to the cluster.
            _diagnostics.Inform(
                ingress,
                IngressDiagnosticIds.UnknownClass,
                field,
                $"There is no valid IngressClass '{className}'. The Ingress is served all the same, because no controller name is configured.");
        }
    }

    private IngressClassResource? FindDefaultClass()
    {
        var defaults = _classes.Values.Where(static item => item.IsDefault).ToList();
        if (defaults.Count < 2)
        {
            return defaults.FirstOrDefault();
        }

        foreach (var item in defaults)
        {
            _diagnostics.Warn(
                item,
                IngressDiagnosticIds.SeveralDefaultClasses,
                $"metadata.annotations[{IngressClassResource.DefaultAnnotation}]",
                "Several classes are marked as the default. None of them is used for Ingresses without a class.");
        }

        return null;
    }
}

using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Collects what the compiler has to say. Bad input is reported, never thrown.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<IngressDiagnostic> _items = [];

    /// <summary>How many were collected.</summary>
    public int Count => _items.Count;

    /// <summary>Reports a field that the API server would not have stored.</summary>
    public void Refuse(KubernetesResource resource, string id, FieldErrorKind kind, string field, string message)
        => Add(resource, id, IngressDiagnosticSeverity.Error, kind, field, message);

    /// <summary>Reports something that is served, but probably not as intended.</summary>
    public void Warn(KubernetesResource resource, string id, string field, string message, FieldErrorKind? kind = null)
        => Add(resource, id, IngressDiagnosticSeverity.Warning, kind, field, message);

    /// <summary>Reports something worth knowing.</summary>
    public void Inform(KubernetesResource resource, string id, string field, string message)
        => Add(resource, id, IngressDiagnosticSeverity.Info, null, field, message);

    /// <summary>Reports something about an object that may not exist.</summary>
    public void Add(IngressDiagnostic diagnostic) => _items.Add(diagnostic);

    /// <summary>Everything collected, by object; what concerns one object stays in the order in which it was found.</summary>
    public IReadOnlyList<IngressDiagnostic> ToSortedList()
        => [.. _items.OrderBy(static item => item.Resource?.ToString() ?? "", StringComparer.Ordinal)];

    private void Add(
        KubernetesResource resource, string id, IngressDiagnosticSeverity severity, FieldErrorKind? kind, string field, string message)
        => _items.Add(new IngressDiagnostic
        {
            Id = id,
            Severity = severity,
            FieldError = kind,
            Resource = resource.Reference,
            Field = field,
            Message = PrintableText.Of(message),
            Location = resource.Origin?.Locate(field),
        });
}

using Ingress.Routing.Model;

namespace Ingress.Routing.Diagnostics;

/// <summary>Collects what the compiler has to say. Bad input is reported, never thrown.</summary>
/// <remarks>In whatever order things are found, they come out in one order, so that a change and a full compilation say the same.</remarks>
internal sealed class DiagnosticBag
{
    private readonly List<(DiagnosticPhase Phase, (int Major, int Minor) Position, IngressDiagnostic Item)> _items = [];
    private DiagnosticPhase _phase;
    private (int Major, int Minor) _position;

    /// <summary>How many were collected.</summary>
    public int Count => _items.Count;

    /// <summary>Says where what follows is listed among the diagnostics of its object.</summary>
    public void At(DiagnosticPhase phase, (int Major, int Minor) position = default)
    {
        _phase = phase;
        _position = position;
    }

    /// <summary>Reports a field that the API server would not have stored.</summary>
    /// <param name="place">The field that is to blame, when that is not the one which the API server names.</param>
    public void Refuse(KubernetesResource resource, string id, FieldErrorKind kind, string field, string message, string? place = null)
        => Add(resource, id, IngressDiagnosticSeverity.Error, kind, field, message, place);

    /// <summary>Reports something that is served, but probably not as intended.</summary>
    public void Warn(KubernetesResource resource, string id, string field, string message, FieldErrorKind? kind = null)
        => Add(resource, id, IngressDiagnosticSeverity.Warning, kind, field, message);

    /// <summary>Reports something worth knowing.</summary>
    public void Inform(KubernetesResource resource, string id, string field, string message)
        => Add(resource, id, IngressDiagnosticSeverity.Info, null, field, message);

    /// <summary>Reports something about a part of the field that a route comes from.</summary>
    public void Warn(RouteSource source, string id, string part, string message)
        => Add(source, id, IngressDiagnosticSeverity.Warning, part, message);

    /// <summary>Reports something about a part of the field that a route comes from.</summary>
    public void Inform(RouteSource source, string id, string part, string message)
        => Add(source, id, IngressDiagnosticSeverity.Info, part, message);

    /// <summary>Reports something that is missing, and what answers in its place.</summary>
    public void InformOfStandIn(KubernetesResource resource, string id, string field, string message, string standIn)
        => Add(new IngressDiagnostic
        {
            Id = id,
            Severity = IngressDiagnosticSeverity.Info,
            Resource = resource.Reference,
            Field = field,
            Message = PrintableText.Of(message),
            StandIn = standIn,
            Location = resource.Origin?.Locate(field),
        });

    /// <summary>Reports something about an object that may not exist.</summary>
    public void Add(IngressDiagnostic diagnostic) => _items.Add((_phase, _position, diagnostic));

    /// <summary>Everything collected, by object.</summary>
    public IReadOnlyList<IngressDiagnostic> ToSortedList()
        => [.. _items
            .OrderBy(static item => item.Item.Resource?.ToString() ?? "", StringComparer.Ordinal)
            .ThenBy(static item => item.Phase)
            .ThenBy(static item => item.Position)
            .Select(static item => item.Item)];

    private void Add(RouteSource source, string id, IngressDiagnosticSeverity severity, string part, string message)
        => Add(new IngressDiagnostic
        {
            Id = id,
            Severity = severity,
            Resource = source.Resource,
            Field = source.FieldOf(part),
            Message = PrintableText.Of(message),
            Location = source.LocationOf(part),
        });

    private void Add(
        KubernetesResource resource,
        string id,
        IngressDiagnosticSeverity severity,
        FieldErrorKind? kind,
        string field,
        string message,
        string? place = null)
        => Add(new IngressDiagnostic
        {
            Id = id,
            Severity = severity,
            FieldError = kind,
            Resource = resource.Reference,
            Field = field,
            Message = PrintableText.Of(message),
            Location = resource.Origin?.Locate(place ?? field),
        });
}

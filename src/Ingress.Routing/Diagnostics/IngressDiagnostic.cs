using Ingress.Routing.Model;

namespace Ingress.Routing.Diagnostics;

/// <summary>Something worth reporting about one object: what, where, and what happens now.</summary>
/// <remarks>Content of the cluster never throws; it becomes one of these. Immutable.</remarks>
public sealed record IngressDiagnostic
{
    /// <summary>The stable id, one of <see cref="IngressDiagnosticIds"/>; documented in <c>docs/diagnostics.md</c>.</summary>
    public required string Id { get; init; }

    /// <summary>How much it matters.</summary>
    public required IngressDiagnosticSeverity Severity { get; init; }

    /// <summary>The kind of error the API server would report for the field; null when it would report none.</summary>
    public FieldErrorKind? FieldError { get; init; }

    /// <summary>The object it is about; null when a file cannot be read as objects at all.</summary>
    public ResourceReference? Resource { get; init; }

    /// <summary>The field, as the API server writes it (<c>spec.rules[0].http.paths[2].path</c>); empty for the object as a whole.</summary>
    public string Field { get; init; } = "";

    /// <summary>What is the matter and what happens now, in one or two sentences.</summary>
    public required string Message { get; init; }

    /// <summary>What answers all the same, as <see cref="RouteTableOptions.StandIns"/> names it; null when nothing does, or nothing needs to.</summary>
    public string? StandIn { get; init; }

    /// <summary>Where the field was written, when the object came from a file.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>Returns the diagnostic on one line.</summary>
    public override string ToString()
    {
        var location = Location is { } place ? $"{place}: " : "";
        var subject = Resource is { } reference ? $" {reference}" : "";
        var field = Field.Length > 0 ? $" {Field}" : "";
        var severity = Severity switch
        {
            IngressDiagnosticSeverity.Error => "error",
            IngressDiagnosticSeverity.Warning => "warning",
            _ => "info",
        };
        return $"{location}{severity} {Id}{subject}{field}: {Message}";
    }
}

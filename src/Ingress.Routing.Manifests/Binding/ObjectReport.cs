using Ingress.Routing.Diagnostics;
using Ingress.Routing.Manifests.Syntax;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>Collects what is wrong with one object.</summary>
internal sealed class ObjectReport(string file, ResourceReference resource, List<IngressDiagnostic> diagnostics)
{
    /// <summary>Whether the API server's decoder would refuse the object.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Whether values stay out of messages, as those of a Secret must.</summary>
    public bool HidesValues { get; init; }

    /// <summary>A value has a type that the field cannot take; the whole object is refused, as by the API server.</summary>
    /// <param name="field">The field.</param>
    /// <param name="entry">Where it stands, and what stands there.</param>
    /// <param name="expected">What the field takes, for instance <c>a string</c>.</param>
    public void WrongType(FieldPath field, MappingEntry entry, string expected)
    {
        IsRefused = true;
        Add(IngressDiagnosticIds.WrongFieldType, IngressDiagnosticSeverity.Error, FieldErrorKind.Invalid, field, entry.Position,
            $"{Describe(entry.Value)} is given where {expected} is needed.{Advice(entry.Value, expected)} The {resource.Kind} is not read.");
    }

    /// <summary>A string is not in the form that the field takes; the whole object is refused, as by the API server.</summary>
    public void Malformed(FieldPath field, Position position, string expected)
    {
        IsRefused = true;
        Add(IngressDiagnosticIds.WrongFieldType, IngressDiagnosticSeverity.Error, FieldErrorKind.Invalid, field, position,
            $"The value is not {expected}. The {resource.Kind} is not read.");
    }

    /// <summary>An entry of a Secret cannot be decoded; the Secret is kept without it, so that whoever uses it can say so.</summary>
    public void NotBase64(FieldPath field, Position position)
        => Add(IngressDiagnosticIds.WrongFieldType, IngressDiagnosticSeverity.Error, FieldErrorKind.Invalid, field, position,
            "The value is not base64. The entry counts as missing.");

    public void UnknownField(FieldPath field, Position position, string? advice)
        => Add(IngressDiagnosticIds.UnknownField, IngressDiagnosticSeverity.Warning, null, field, position,
            $"The field is unknown and is dropped.{(advice is null ? "" : " " + advice)}");

    public void RepeatedKey(FieldPath field, Position position)
        => Add(IngressDiagnosticIds.DuplicateKey, IngressDiagnosticSeverity.Warning, FieldErrorKind.Duplicate, field, position,
            "The key was already given. The last value counts.");

    private void Add(
        string id, IngressDiagnosticSeverity severity, FieldErrorKind? kind, FieldPath field, Position position, string message)
        => diagnostics.Add(new()
        {
            Id = id,
            Severity = severity,
            FieldError = kind,
            Resource = resource,
            Field = field.ToString(),
            Message = message,
            Location = new(file, position.Line, position.Column),
        });

    private string Describe(ManifestNode value)
    {
        var description = Capitalize(value.Description);
        return value is ScalarNode { Type: not ScalarType.Null } scalar && !HidesValues
            ? $"{description} {Quote.Of(scalar.Text)}"
            : description;
    }

    private static string Advice(ManifestNode value, string expected) => (value, expected) switch
    {
        (ScalarNode { Type: ScalarType.Boolean or ScalarType.Integer or ScalarType.Number }, FieldReader.Text) => " Write it in quotes.",
        (ScalarNode { Type: ScalarType.String }, FieldReader.Int32 or FieldReader.Int64) => " Write a number without quotes.",
        _ => "",
    };

    private static string Capitalize(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

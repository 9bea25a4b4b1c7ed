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

    /// <summary>An entry of a Secret cannot be decoded; the Secret is kept without it, so that what uses it can say so.</summary>
    public void NotBase64(FieldPath field, Position position)
        => Add(IngressDiagnosticIds.WrongFieldType, IngressDiagnosticSeverity.Error, FieldErrorKind.Invalid, field, position,
            $"The value is not base64. {SecretIsNotStored}");

    /// <summary>The key of an entry of a Secret is malformed.</summary>
    public void BadKey(FieldPath field, Position position)
        => Add(IngressDiagnosticIds.WrongFieldType, IngressDiagnosticSeverity.Error, FieldErrorKind.Invalid, field, position,
            $"A key may hold letters, digits, '-', '_' and '.', at most 253 of them, and must not begin with '..'. {SecretIsNotStored}");

    /// <summary>A Secret is too large.</summary>
    public void TooLong(FieldPath field, Position position, string message)
        => Add(IngressDiagnosticIds.WrongFieldType, IngressDiagnosticSeverity.Error, FieldErrorKind.TooLong, field, position, $"{message} {SecretIsNotStored}");

    /// <summary>An entry of a Secret takes no part in TLS.</summary>
    public void IgnoredEntry(FieldPath field, Position position)
        => Add(IngressDiagnosticIds.SecretPartIgnored, IngressDiagnosticSeverity.Info, null, field, position,
            "The entry takes no part in TLS. Only 'tls.crt', 'tls.key', 'ca.crt' and 'ca.crl' do.");

    /// <summary>A field does not exist here. The API server drops it, and kubectl has it refuse the object, unless told otherwise.</summary>
    /// <param name="advice">What to write instead.</param>
    /// <param name="dropsRoutes">Whether something is not served which was meant to be.</param>
    public void UnknownField(FieldPath field, Position position, string? advice, bool dropsRoutes)
        => Add(
            IngressDiagnosticIds.UnknownField,
            dropsRoutes ? IngressDiagnosticSeverity.Error : IngressDiagnosticSeverity.Warning,
            null,
            field,
            position,
            dropsRoutes
                ? $"The field does not exist in this place and is dropped, so its paths are not served; 'kubectl apply' refuses the object.{(advice is null ? "" : " " + advice)}"
                : $"The field is unknown and is dropped.{(advice is null ? "" : " " + advice)}");

    public void RepeatedKey(FieldPath field, Position position)
        => Add(IngressDiagnosticIds.DuplicateKey, IngressDiagnosticSeverity.Warning, FieldErrorKind.Duplicate, field, position,
            "The key was already given. The last value counts.");

    private const string SecretIsNotStored = "The API server refuses the Secret. Its certificate and authorities are not used; those of the version before are, if any.";

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

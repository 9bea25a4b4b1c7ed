using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Reports the structural errors of one object, and says what they cost.</summary>
internal sealed class FieldReport(KubernetesResource resource, DiagnosticBag diagnostics)
{
    private const int LongestQuote = 300;

    /// <summary>The object that is validated.</summary>
    public KubernetesResource Resource { get; } = resource;

    /// <summary>Reports one violation.</summary>
    public void Error(string id, FieldErrorKind kind, FieldPath field, string message) => Error(id, kind, field.ToString(), null, message);

    /// <summary>Reports each violation of a name format as one error of kind <see cref="FieldErrorKind.Invalid"/>.</summary>
    /// <param name="what">What the text is, for the message.</param>
    public void Errors(string id, FieldPath field, string what, string text, IEnumerable<string> violations)
    {
        foreach (var violation in violations)
        {
            Error(id, FieldErrorKind.Invalid, field, MessageOf(what, text, violation));
        }
    }

    /// <summary>Reports violations in one entry of a map of <c>metadata</c>, about the map as a whole, as the API server does.</summary>
    public void EntryErrors(string map, string key, string what, string text, IEnumerable<string> violations)
    {
        foreach (var violation in violations)
        {
            Error(IngressDiagnosticIds.InvalidMetadata, FieldErrorKind.Invalid, map, $"{map}[{key}]", MessageOf(what, text, violation));
        }
    }

    private void Error(string id, FieldErrorKind kind, string field, string? place, string message)
        => diagnostics.Refuse(Resource, id, kind, field, $"{message} The {Resource.Kind} is left out.", place);

    // Damaged indentation may have put anything into the metadata of a Secret, its key as well.
    private string MessageOf(string what, string text, string violation)
        => Resource is SecretResource ? $"The {what} is malformed: {violation}."
            : $"The {what} '{(text.Length > LongestQuote ? text[..LongestQuote] + "..." : text)}' is malformed: {violation}.";
}

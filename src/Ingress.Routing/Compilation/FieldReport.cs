using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Reports the structural errors of one object, and says what they cost.</summary>
internal sealed class FieldReport(KubernetesResource resource, DiagnosticBag diagnostics)
{
    /// <summary>The object that is judged.</summary>
    public KubernetesResource Resource { get; } = resource;

    /// <summary>Reports one violation.</summary>
    public void Error(string id, FieldErrorKind kind, FieldPath field, string message)
        => diagnostics.Refuse(Resource, id, kind, field.ToString(), $"{message} The {Resource.Kind} is left out.");

    /// <summary>Reports each violation of a name format as one error of kind <see cref="FieldErrorKind.Invalid"/>.</summary>
    /// <param name="what">What the text is, for the message.</param>
    public void Errors(string id, FieldPath field, string what, string text, IEnumerable<string> violations)
    {
        foreach (var violation in violations)
        {
            Error(id, FieldErrorKind.Invalid, field, $"The {what} '{text}' is malformed: {violation}.");
        }
    }
}

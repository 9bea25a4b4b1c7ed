namespace Ingress.Routing.Diagnostics;

/// <summary>How much a diagnostic matters.</summary>
public enum IngressDiagnosticSeverity
{
    /// <summary>Worth knowing; everything is as its author may well have meant it.</summary>
    Info,

    /// <summary>The object is accepted, but part of it is not in force, or probably not as intended.</summary>
    Warning,

    /// <summary>The object is left out whole, or could not be read: the API server would have refused it.</summary>
    Error,
}

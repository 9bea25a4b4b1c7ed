namespace Ingress.Routing.Diagnostics;

/// <summary>How much a diagnostic matters.</summary>
public enum IngressDiagnosticSeverity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Info,

    /// <summary>Served, but probably not as intended.</summary>
    Warning,

    /// <summary>Something is not served because of this.</summary>
    Error,
}

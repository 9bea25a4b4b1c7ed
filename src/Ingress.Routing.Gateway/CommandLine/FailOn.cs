namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>From which severity on <c>check</c> exits with 1.</summary>
internal enum FailOn
{
    /// <summary>Errors alone.</summary>
    Error,

    /// <summary>Warnings too.</summary>
    Warning,

    /// <summary>Everything.</summary>
    Info,

    /// <summary>Nothing.</summary>
    Never,
}

using Ingress.Routing.Model;

namespace Ingress.Routing.Explanation;

/// <summary>One step of the chain of default backends (D14). Immutable.</summary>
public sealed record DefaultBackendExplanation
{
    /// <summary>The step.</summary>
    public required DefaultBackendStep Step { get; init; }

    /// <summary>What it came to.</summary>
    public required DefaultBackendOutcome Outcome { get; init; }

    /// <summary>The Ingress whose default backend the step finds; null when there is none, and for the configured one.</summary>
    public NamespacedName? Ingress { get; init; }

    /// <summary>Younger Ingresses whose default backend the step passes over, oldest first.</summary>
    public IReadOnlyList<NamespacedName> PassedOver { get; init; } = [];

    /// <summary>Where the default backend was written, when its Ingress came from a file.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>The outcome in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>Returns the message.</summary>
    public override string ToString() => Message;
}

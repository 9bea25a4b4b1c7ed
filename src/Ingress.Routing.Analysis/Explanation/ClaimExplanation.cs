using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Explanation;

/// <summary>One path of a rule that could have taken a request, and what became of it. Immutable.</summary>
public sealed record ClaimExplanation
{
    /// <summary>The Ingress.</summary>
    public required IngressResource Ingress { get; init; }

    /// <summary>The path in the Ingress, such as <c>spec.rules[0].http.paths[1]</c>, or the rule when it has no paths.</summary>
    public required string Field { get; init; }

    /// <summary>The host as the rule writes it; null for all hosts.</summary>
    public string? Host { get; init; }

    /// <summary>The canonical path (D8); null for a rule without paths.</summary>
    public string? Path { get; init; }

    /// <summary>The path as the rule writes it, <c>/</c> when it writes none; null for a rule without paths.</summary>
    public string? PathAsWritten { get; init; }

    /// <summary>How the path is compared; meaningless for a rule without paths.</summary>
    public PathType PathType { get; init; }

    /// <summary>The backend as written; null when there is none.</summary>
    public IngressBackend? Backend { get; init; }

    /// <summary>What became of the claim.</summary>
    public required ClaimOutcome Outcome { get; init; }

    /// <summary>What a request must be besides, for the path to take it.</summary>
    public RouteConditions Conditions { get; init; } = RouteConditions.None;

    /// <summary>Where the path differs from that of the request; null when it fits. Also known of claims that take no part.</summary>
    public PathMismatch? Mismatch { get; init; }

    /// <summary>The step that puts the winner first; null unless the outcome is <see cref="ClaimOutcome.Outranked"/>.</summary>
    public PrecedenceStep? OutrankedBy { get; init; }

    /// <summary>Why the Ingress takes no part; empty for one that is served.</summary>
    public IReadOnlyList<IngressDiagnostic> Diagnostics { get; init; } = [];

    /// <summary>Where the path was written, when the Ingress came from a file.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>The outcome in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>Returns the message.</summary>
    public override string ToString() => Message;
}

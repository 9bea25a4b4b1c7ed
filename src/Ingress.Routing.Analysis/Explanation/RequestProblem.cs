namespace Ingress.Routing.Explanation;

/// <summary>Why a request is answered with 400. Immutable.</summary>
public sealed record RequestProblem
{
    /// <summary>What kind of problem it is.</summary>
    public required RequestProblemKind Kind { get; init; }

    /// <summary>The host or the target that has it, as received.</summary>
    public required string Text { get; init; }

    /// <summary>Where in <see cref="Text"/> it begins, counted from 0 in UTF-16 code units; null when that is no single place.</summary>
    public int? Position { get; init; }

    /// <summary>The problem in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>Returns the message.</summary>
    public override string ToString() => Message;
}

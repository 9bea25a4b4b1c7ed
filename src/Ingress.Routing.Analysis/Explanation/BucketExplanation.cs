namespace Ingress.Routing.Explanation;

/// <summary>One host under which rules were looked up: the bucket of all rules with that host. Immutable.</summary>
public sealed record BucketExplanation
{
    /// <summary>The kind of host.</summary>
    public required BucketKind Kind { get; init; }

    /// <summary>The host as rules write it; null for all hosts, and where the request leaves nothing to look up.</summary>
    public string? Host { get; init; }

    /// <summary>Whether its rules decide, and if not, why.</summary>
    public required BucketOutcome Outcome { get; init; }

    /// <summary>The Ingresses that are served and have a rule with this host, oldest first (D6a).</summary>
    public IReadOnlyList<NamespacedName> Claimants { get; init; } = [];

    /// <summary>The host of a rule that is spelt much like an exact host without rules; null when there is none.</summary>
    public string? Similar { get; init; }

    /// <summary>The outcome in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>Returns the message.</summary>
    public override string ToString() => Message;
}

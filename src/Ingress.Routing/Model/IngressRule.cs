namespace Ingress.Routing.Model;

/// <summary>One rule: a host and its paths.</summary>
public sealed record IngressRule
{
    /// <summary>The host; null or empty for all hosts.</summary>
    public string? Host { get; init; }

    /// <summary>The paths in the order written; null when the rule has no <c>http</c> section, empty when that has no paths.</summary>
    public IReadOnlyList<IngressPath>? Paths { get; init; }
}

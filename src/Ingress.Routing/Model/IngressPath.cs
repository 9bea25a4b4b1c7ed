namespace Ingress.Routing.Model;

/// <summary>One path of a rule, with its backend.</summary>
public sealed record IngressPath
{
    /// <summary>The path as written.</summary>
    public string? Path { get; init; }

    /// <summary>The path type as written, for instance <see cref="PathTypes.Prefix"/>; null when absent, which differs from empty.</summary>
    public string? PathType { get; init; }

    /// <summary>The backend; null when absent.</summary>
    public IngressBackend? Backend { get; init; }
}

namespace Ingress.Routing.Comparison;

/// <summary>The kinds of <see cref="HostRegion"/>.</summary>
public enum HostRegionKind
{
    /// <summary>One name.</summary>
    Exact,

    /// <summary>The names that a wildcard host stands for, without those that are regions of their own.</summary>
    Wildcard,

    /// <summary>Every host that no other region holds: unknown names, IP literals, and requests without a host.</summary>
    Other,
}

namespace Ingress.Routing.Explanation;

/// <summary>The three kinds of host that a rule can have, the one that goes first at the top (D5a).</summary>
public enum BucketKind
{
    /// <summary>The host of the request itself.</summary>
    Exact,

    /// <summary>A wildcard such as <c>*.example.com</c>, which stands for exactly one label.</summary>
    Wildcard,

    /// <summary>All hosts.</summary>
    HostLess,
}

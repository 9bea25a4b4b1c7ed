namespace Ingress.Routing.Explanation;

/// <summary>The steps that decide between two paths of one host that both fit a request; the first one that tells them apart counts (D6).</summary>
public enum PrecedenceStep
{
    /// <summary>An Exact path goes before all others.</summary>
    ExactPath,

    /// <summary>A regular expression goes before every path that is compared by elements (D26).</summary>
    RegularExpression,

    /// <summary>A longer path goes before a shorter one.</summary>
    LongerPath,

    /// <summary>Prefix goes before ImplementationSpecific.</summary>
    PathType,

    /// <summary>Of regular expressions as long as each other, the one goes first whose text comes later in the order of bytes.</summary>
    PatternText,

    /// <summary>More conditions go before fewer.</summary>
    MoreConditions,

    /// <summary>The older Ingress goes first: by creation time, then by <c>namespace/name</c> (D6a).</summary>
    Age,

    /// <summary>Within one Ingress, the path that is written first (D6b).</summary>
    ListOrder,
}

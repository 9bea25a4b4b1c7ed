namespace Ingress.Routing.Explanation;

/// <summary>What became of one path of a rule that wanted a request.</summary>
public enum ClaimOutcome
{
    /// <summary>It takes the request.</summary>
    Wins,

    /// <summary>Its path is not that of the request.</summary>
    PathDiffers,

    /// <summary>Its path fits, and another one that fits as well goes first (D6).</summary>
    Outranked,

    /// <summary>The rule has no paths: it claims the host, and leaves its requests to the default backends (semantics 7.6).</summary>
    NoPaths,

    /// <summary>The host belongs to the namespace of an older Ingress, and sharing is off (D21).</summary>
    HostNotOwned,

    /// <summary>Its path fits, and the request does not meet its conditions.</summary>
    ConditionsNotMet,

    /// <summary>The Ingress is a canary: it takes requests of another one, and has no paths of its own.</summary>
    Canary,

    /// <summary>A regular expression took longer than it may, so the request is answered with 503.</summary>
    TooSlow,

    /// <summary>The Ingress is invalid and therefore left out whole (D4).</summary>
    InvalidIngress,

    /// <summary>The Ingress is of another controller, or of no class of ours (D3).</summary>
    NotOurClass,
}

namespace Ingress.Routing.Explanation;

/// <summary>Why the rules of a host were asked for a request, or were not.</summary>
public enum BucketOutcome
{
    /// <summary>They alone decide (D5a, D5b).</summary>
    Chosen,

    /// <summary>No Ingress that is served has such a rule.</summary>
    NoRules,

    /// <summary>A more specific host has rules, and nothing else is asked (D5b).</summary>
    NotAsked,

    /// <summary>The request has no host that a rule could name: none at all, an IP address, or a single label for a wildcard.</summary>
    NotApplicable,

    /// <summary>The wildcard does not stand for as many labels as the request has (semantics 3.3).</summary>
    OtherNumberOfLabels,
}

namespace Ingress.Routing.Explanation;

/// <summary>What a step of the chain of default backends came to.</summary>
public enum DefaultBackendOutcome
{
    /// <summary>It takes the request.</summary>
    Chosen,

    /// <summary>There is no default backend of this kind.</summary>
    None,

    /// <summary>The step does not apply to the request.</summary>
    NotApplicable,

    /// <summary>An earlier step has taken the request.</summary>
    NotReached,
}

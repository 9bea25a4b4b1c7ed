namespace Ingress.Routing.Explanation;

/// <summary>The chain of default backends that a request without a matching path goes through (D14); the first that has one takes it.</summary>
public enum DefaultBackendStep
{
    /// <summary>Of the oldest Ingress that has a rule for the chosen host, and a default backend (step 2).</summary>
    OfHost,

    /// <summary>Of the oldest Ingress without rules (step 3).</summary>
    OfIngressWithoutRules,

    /// <summary>Of the oldest Ingress that has one; only when no rule names the host (step 4).</summary>
    OfAnyIngress,

    /// <summary>The one that the options configure (step 5).</summary>
    Configured,
}

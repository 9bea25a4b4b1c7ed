namespace Ingress.Routing;

/// <summary>How the path of a rule is compared with the path of a request.</summary>
public enum PathType
{
    /// <summary>Up to the implementation. Here it means the same as <see cref="Prefix"/>, literal and case-sensitive (D7).</summary>
    ImplementationSpecific,

    /// <summary>The whole path must be equal, a trailing slash included (semantics 4.3).</summary>
    Exact,

    /// <summary>The elements of the rule must equal the first elements of the request; a trailing slash on the rule is ignored (semantics 4.4).</summary>
    Prefix,
}

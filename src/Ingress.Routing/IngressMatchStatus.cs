namespace Ingress.Routing;

/// <summary>The kinds of outcome a request can have.</summary>
public enum IngressMatchStatus
{
    /// <summary>No rule and no default backend applies; the answer is 404.</summary>
    NotFound,

    /// <summary>A path of a rule applies.</summary>
    Rule,

    /// <summary>No path applies, and a default backend takes the request (D14).</summary>
    DefaultBackend,

    /// <summary>The host or the target is malformed (D9, D11b, D12); the answer is 400.</summary>
    BadRequest,

    /// <summary>A regular expression that needs backtracking took longer than it may; the answer is 503.</summary>
    PatternTimeout,
}

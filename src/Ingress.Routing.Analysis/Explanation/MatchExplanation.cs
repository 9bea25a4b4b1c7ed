namespace Ingress.Routing.Explanation;

/// <summary>Why a request goes where it goes. Immutable.</summary>
/// <remarks>
/// Reasons are data (kinds, fields, locations), each with a sentence for people. The sentences hold text of the request and of resources as
/// it is. Make control characters visible before you print them.
/// </remarks>
public sealed record MatchExplanation
{
    /// <summary>What kind of outcome it is; that of <see cref="IngressRouteTable.Match(string?, string)"/>.</summary>
    public required IngressMatchStatus Status { get; init; }

    /// <summary>The route that takes the request, the instance of <see cref="IngressMatch.Route"/>; null when there is none.</summary>
    public IngressRoute? Route { get; init; }

    /// <summary>
    /// What the gateway answers by itself: 400, 404 or 503, or 421, 403 or 301 because of <see cref="Tls"/>, or whatever
    /// <see cref="Policies"/> answer; null when the request is handed to a backend.
    /// </summary>
    public int? StatusCode { get; init; }

    /// <summary>Why the request is malformed; null unless the status is <see cref="IngressMatchStatus.BadRequest"/>.</summary>
    public RequestProblem? Problem { get; init; }

    /// <summary>The canonical host, lower-case; empty when there is none (D13), null for a bad request.</summary>
    public string? Host { get; init; }

    /// <summary>The rules that led to <see cref="Host"/>, in order; empty when nothing had to change.</summary>
    public IReadOnlyList<CanonicalizationStep> HostSteps { get; init; } = [];

    /// <summary>The canonical path, as in <see cref="IngressMatch.Path"/>; null for a bad request.</summary>
    public string? Path { get; init; }

    /// <summary>The query as received, with its <c>?</c>; empty when there is none.</summary>
    public string Query { get; init; } = "";

    /// <summary>The rules that led to <see cref="Path"/>, in order; empty when nothing had to change.</summary>
    public IReadOnlyList<CanonicalizationStep> TargetSteps { get; init; } = [];

    /// <summary>The hosts under which rules were looked up: exact, wildcard, all hosts, then the wildcards that come close.</summary>
    public IReadOnlyList<BucketExplanation> Buckets { get; init; } = [];

    /// <summary>
    /// Every path under the chosen host in the order in which they are considered, so that the first one that fits wins; then the rules
    /// without paths, then the claims of Ingresses that take no part, on that host or a more specific one.
    /// </summary>
    public IReadOnlyList<ClaimExplanation> Claims { get; init; } = [];

    /// <summary>The chain of default backends, in order; empty when a path took the request.</summary>
    public IReadOnlyList<DefaultBackendExplanation> Defaults { get; init; } = [];

    /// <summary>
    /// How requests like this one are shared among several Services, the canary first; empty when the route has one backend. A canary without
    /// a ready endpoint has no share.
    /// </summary>
    public IReadOnlyList<BackendShare> Shares { get; init; } = [];

    /// <summary>What is behind the route, and of several Services, behind the one with the largest share; null when there is none.</summary>
    public BackendExplanation? Backend { get; init; }

    /// <summary>What the policies of the route do, in the order in which they take effect; empty for a route without any.</summary>
    public IReadOnlyList<PolicyExplanation> Policies { get; init; } = [];

    /// <summary>Where the client is redirected to by <see cref="Policies"/>; null when it is not.</summary>
    public string? Location { get; init; }

    /// <summary>
    /// The request target that the backend receives, byte for byte: canonical path and query (D10), unless a policy rewrites them; null when
    /// there is no route.
    /// </summary>
    public string? ForwardedTarget { get; init; }

    /// <summary>What the TLS policy of the host says to it, on the connection of the server name or without TLS; null for a bad request.</summary>
    public TlsExplanation? Tls { get; init; }

    /// <summary>The certificate of the connection; null when no server name was given.</summary>
    public CertificateExplanation? Certificate { get; init; }

    /// <summary>The outcome in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The host whose rules decide, where an annotation adds the host of the request as another name for it; null otherwise.</summary>
    public string? AddedFor { get; init; }

    /// <summary>Returns the message.</summary>
    public override string ToString() => Message;
}

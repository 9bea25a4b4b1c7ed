using System.Collections.Immutable;

namespace Ingress.Routing.Policies;

/// <summary>Asks a service about each request: 2xx lets it in, 401 and 403 refuse it, and everything else is answered with 500.</summary>
/// <remarks>
/// The service gets the headers of the request and no body, with <c>X-Original-URL</c>, <c>X-Original-Method</c>, <c>X-Sent-From</c>,
/// <c>X-Real-IP</c>, <c>X-Forwarded-For</c>, <c>X-Request-ID</c> and <c>X-Auth-Request-Redirect</c>. They speak of the canonical path (D8), which is what the
/// backend gets, so that both see the same.
/// </remarks>
/// <param name="Url">Who is asked.</param>
public sealed record ExternalAuthentication(PolicyUrl Url) : RoutePolicy
{
    // What is between two servers, or says how long a message is, is none of the service's business.
    private static readonly string[] s_reserved =
    [
        "connection", "content-length", "host", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    ];

    /// <summary>The method of the question. The default is GET.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>Whether <see cref="Method"/> was asked for: the service then gets <c>X-Original-URI</c> and <c>X-Scheme</c>, too.</summary>
    public bool IsMethodGiven { get; init; }

    /// <summary>Where clients are sent instead of being answered with 401; null when they are not.</summary>
    public SignIn? SignIn { get; init; }

    /// <summary>The headers of its answer that the backend gets. What the client sends under these names it never gets.</summary>
    public ImmutableArray<string> ResponseHeaders { get; init; } = [];

    /// <summary>Headers that the service gets besides.</summary>
    public ImmutableArray<HeaderEdit> RequestHeaders { get; init; } = [];

    /// <summary>The <c>X-Auth-Request-Redirect</c> that it gets; null for path and query of the request.</summary>
    public PolicyTemplate? RequestRedirect { get; init; }

    /// <summary>Whether the client gets its cookies with every status, and not with success and redirects alone.</summary>
    public bool AlwaysSetsCookies { get; init; }

    /// <summary>What its answers are remembered by; null when they are not.</summary>
    public PolicyTemplate? CacheKey { get; init; }

    /// <summary>How long they are remembered.</summary>
    public ImmutableArray<CacheTime> CacheTimes { get; init; } = CacheTime.Default;

    /// <summary>How long an answer may take. The default is a minute.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether the certificate of the service is verified. The default is yes.</summary>
    public bool VerifiesCertificate { get; init; } = true;

    /// <summary>The <c>X-Sent-From</c> that it gets.</summary>
    public string SentFrom { get; init; } = "ingress-routing";

    /// <summary>Beginnings of paths of rules, as they are written, for which it is not asked.</summary>
    public ImmutableArray<string> ExemptPaths { get; init; } = [];

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Authentication;

    /// <inheritdoc />
    public override bool UsesRoutePath => !ExemptPaths.IsEmpty;

    /// <summary>Whether a header may be set on the way: it has a name, and is not one between two servers.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    public static bool IsHeader(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return HttpToken.IsToken(name) && !s_reserved.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether the question can have a method.</summary>
    internal static bool IsMethod(string text) => text is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS";

    /// <summary>What the answer about a request is remembered by; null when it is not.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public string? CacheKeyFor(IPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CacheKey?.Expand(request, null);
    }

    /// <summary>The <c>X-Auth-Request-Redirect</c> of a request.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public string RedirectFor(IPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return RequestRedirect is null ? $"{request.Path}{request.Query}" : new HeaderEdit(HeaderEditKind.Set, "", RequestRedirect).ValueFor(request);
    }

    /// <inheritdoc />
    public override string Describe()
        => $"ask {Method} {Url}{(SignIn is null ? "" : $", 401 leads to {SignIn.Url}")}"
            + $"{(ResponseHeaders.IsEmpty ? "" : $", the backend gets {string.Join(", ", ResponseHeaders)}")}"
            + $"{(CacheKey is null ? "" : $", remembered by '{CacheKey}'")}";

    /// <inheritdoc />
    public bool Equals(ExternalAuthentication? other)
        => other is not null
            && Url.Equals(other.Url)
            && Method == other.Method
            && IsMethodGiven == other.IsMethodGiven
            && SignIn == other.SignIn
            && ResponseHeaders.AsSpan().SequenceEqual(other.ResponseHeaders.AsSpan())
            && RequestHeaders.AsSpan().SequenceEqual(other.RequestHeaders.AsSpan())
            && Equals(RequestRedirect, other.RequestRedirect)
            && AlwaysSetsCookies == other.AlwaysSetsCookies
            && Equals(CacheKey, other.CacheKey)
            && CacheTimes.AsSpan().SequenceEqual(other.CacheTimes.AsSpan())
            && Timeout == other.Timeout
            && VerifiesCertificate == other.VerifiesCertificate
            && SentFrom == other.SentFrom
            && ExemptPaths.AsSpan().SequenceEqual(other.ExemptPaths.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Url, Method, SignIn, CacheKey, ResponseHeaders.Length);
}

namespace Ingress.Routing.Policies;

/// <summary>The one order in which the policies of a route take effect, whichever annotations asked for them.</summary>
/// <remarks>
/// The TLS policy of the host comes before all of them. Policies of one stage go by the names of their types.
/// <see cref="ErrorPages"/> and <see cref="ResponseHeaders"/> take effect last, when there is an answer, and on every answer of the route,
/// whichever policy gives it.
/// </remarks>
public enum PolicyStage
{
    /// <summary>Which client certificates the route requires. It takes effect with the TLS policy of the host, before a policy can answer.</summary>
    ClientCertificate,

    /// <summary>The route is closed, because what protects it cannot be understood.</summary>
    Closed,

    /// <summary>Redirects that concern the host: with or without <c>www</c>, and from <c>/</c> to the root of the application.</summary>
    HostRedirect,

    /// <summary>How large a request may be: what says that it is too large is answered before anything else looks at it.</summary>
    Size,

    /// <summary>Answers to preflight requests, and the headers for pages of other sites (CORS).</summary>
    Preflight,

    /// <summary>Redirects of paths.</summary>
    PathRedirect,

    /// <summary>The redirect from plain http to https.</summary>
    HttpsRedirect,

    /// <summary>Limits of rates and of concurrent requests.</summary>
    Limit,

    /// <summary>Which client addresses are let in.</summary>
    Address,

    /// <summary>Who the client is.</summary>
    Authentication,

    /// <summary>Whether the whole body is read before the request goes on.</summary>
    Body,

    /// <summary>The path and the query that the backend gets.</summary>
    Rewrite,

    /// <summary>The headers that the backend gets.</summary>
    RequestHeaders,

    /// <summary>Which backend the request goes to, and how.</summary>
    Backend,

    /// <summary>Answers that another Service gives in place of an error.</summary>
    ErrorPages,

    /// <summary>The headers that the client gets.</summary>
    ResponseHeaders,
}

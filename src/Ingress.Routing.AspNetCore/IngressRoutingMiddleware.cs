using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.AspNetCore;

/// <summary>Matches the request and selects the endpoint of its route.</summary>
internal sealed partial class IngressRoutingMiddleware
{
    private readonly RequestDelegate _next;
    private readonly IngressRouter _router;
    private readonly IngressEndpointCache _endpoints;
    private readonly RequestScreen _screen;
    private readonly TlsPolicyEnforcer _enforcer;
    private readonly IngressRequestMetrics _metrics;
    private readonly ILogger _logger;
    private readonly bool _sendsGeneration;

    public IngressRoutingMiddleware(
        RequestDelegate next,
        IngressRouter router,
        IngressEndpointCache endpoints,
        RequestScreen screen,
        TlsPolicyEnforcer enforcer,
        IngressRequestMetrics metrics,
        ILogger<IngressRoutingMiddleware> logger,
        bool sendsGeneration)
    {
        _next = next;
        _router = router;
        _endpoints = endpoints;
        _screen = screen;
        _enforcer = enforcer;
        _metrics = metrics;
        _logger = logger;
        _sendsGeneration = sendsGeneration;
    }

    // Not async: matching never waits, so no state machine is built on the way to the next middleware.
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not null)
        {
            return _next(context);
        }

        var generation = _router.Generation;
        if (_sendsGeneration)
        {
            GenerationHeader.Send(context, generation);
        }

        var record = context.GetIngressRecord();
        record?.Generation = generation;

        // Request.Host and Request.Path are decoded and no longer say what the client sent (traps 1 and 2).
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        var fault = RequestScreen.Check(context, request);
        if (fault != RequestFault.None)
        {
            return RefuseAsync(context, fault);
        }

        var table = generation.Table;
        if (!_screen.TryClean(context, request.Headers))
        {
            return RefuseAsync(context, RequestFault.Ambiguous);
        }

        var target = TargetOf(request);
        var match = table.Match(request.Headers.Host, target, new HttpRouteRequest(context));
        record?.Match = match;
        if (match.Status == IngressMatchStatus.BadRequest)
        {
            Log.BadRequest(_logger);
            _metrics.Matched(match.Status);
            return PlainTextResponse.BadRequestAsync(context);
        }

        // Before 404 as well: what a protected host serves stays hidden.
        var verdict = _enforcer.Evaluate(context, target, match);
        var host = match.HostPolicies;
        if (host.StrictTransportSecurity is { } strict && context.Request.IsHttps)
        {
            StrictTransportSecurityHeader.Send(context.Response, strict);
        }

        if (verdict != TlsVerdict.Serve)
        {
            Log.NotServed(_logger, verdict);
            _metrics.NotServed(verdict);
            return AnswerAsync(context, verdict, match, table);
        }

        if (host.ForwardClientCertificate)
        {
            ForwardedClientCertificate.Set(request.Headers, context.GetIngressTls()?.ClientCertificate, host.ClientCertificateHeaderStyle);
        }

        switch (match.Status)
        {
            case IngressMatchStatus.PatternTimeout:
                Log.PatternTimeout(_logger);
                _metrics.Matched(match.Status);
                return PlainTextResponse.PatternTimeoutAsync(context);

            case IngressMatchStatus.NotFound:
                Log.NotFound(_logger);
                return NotFoundAsync(context, isReady: generation.Number > 0);

            default:
                Log.Matched(_logger, match.Route!.Id);
                return SelectEndpoint(context, match, generation, record);
        }
    }

    private Task RefuseAsync(HttpContext context, RequestFault fault)
    {
        Log.Refused(_logger, fault);
        _metrics.Matched(IngressMatchStatus.BadRequest);

        // Where one server sees the end of such a request, the next may see the start of another one.
        // In HTTP/2 a request ends with its stream, and there is no such header.
        if (context.Request.Protocol.StartsWith("HTTP/1", StringComparison.Ordinal))
        {
            context.Response.Headers.Connection = "close";
        }

        switch (fault)
        {
            case RequestFault.Trace:
                context.Response.Headers.Allow = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
                return PlainTextResponse.MethodNotAllowedAsync(context);

            case RequestFault.UnknownCoding:
                return PlainTextResponse.NotImplementedAsync(context);

            case RequestFault.UnknownProtocol:
                return PlainTextResponse.UnknownProtocolAsync(context);

            default:
                return PlainTextResponse.AmbiguousAsync(context);
        }
    }

    private static Task AnswerAsync(HttpContext context, TlsVerdict verdict, in IngressMatch match, IngressRouteTable table) => verdict switch
    {
        TlsVerdict.Misdirected => PlainTextResponse.MisdirectedAsync(context),
        TlsVerdict.CertificateRefused when match.HostPolicies.ClientCertificateErrorPage is { } page
            => EvaluatedStep.AnswerAsync(context, PolicyOutcome.Redirect(StatusCodes.Status302Found, page)),
        TlsVerdict.CertificateRefused => PlainTextResponse.NoCertificateAsync(context),
        TlsVerdict.RedirectToHttps
            when match.Route!.Policies.Find<HttpsRedirect>()!.Evaluate(new HttpPolicyRequest(context, match, table)) is { IsAnswer: true } redirect
            => EvaluatedStep.AnswerAsync(context, redirect),
        _ => PlainTextResponse.ForbiddenAsync(context),
    };

    private Task SelectEndpoint(HttpContext context, IngressMatch match, RouteTableGeneration generation, IngressRequestRecord? record)
    {
        var endpoint = _endpoints.Get(match.Route!, generation.Table);
        if (ReferenceEquals(endpoint.RequestDelegate, IngressEndpointContext.Unavailable))
        {
            _metrics.Unavailable();
        }
        else
        {
            _metrics.Matched(match.Status);
        }

        var feature = new IngressMatchFeature(context, match, generation);
        context.Features.Set<IIngressMatchFeature>(feature);
        record?.Enter(feature);
        context.SetEndpoint(endpoint);
        return _next(context);
    }

    private async Task NotFoundAsync(HttpContext context, bool isReady)
    {
        await _next(context);

        var response = context.Response;
        if (response.HasStarted
            || response.StatusCode != StatusCodes.Status404NotFound
            || response.ContentLength is not null
            || !string.IsNullOrEmpty(response.ContentType)
            || context.GetEndpoint() is not null)
        {
            return;
        }

        // Before the first table nothing is known to be missing, and a client that tries again is right to do so.
        if (!isReady)
        {
            _metrics.NotReady();
            await PlainTextResponse.NotReadyAsync(context);
            return;
        }

        _metrics.Matched(IngressMatchStatus.NotFound);
        await PlainTextResponse.NotFoundAsync(context);
    }

    // Kestrel always has the raw target. TestServer leaves it empty, and there the decoded path is all there is.
    // Its '%' are escaped first, or text that was escaped twice would lose one level on the way back.
    private static string TargetOf(IHttpRequestFeature request) => request.RawTarget is { Length: > 0 } target
        ? target
        : new PathString((request.PathBase + request.Path).Replace("%", "%25", StringComparison.Ordinal)).ToUriComponent() + request.QueryString;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Matched route '{Route}'.", EventName = "Matched")]
        public static partial void Matched(ILogger logger, string route);

        [LoggerMessage(2, LogLevel.Debug, "No rule and no default backend applies.", EventName = "NotFound")]
        public static partial void NotFound(ILogger logger);

        [LoggerMessage(3, LogLevel.Debug, "The host or the target of the request is malformed.", EventName = "BadRequest")]
        public static partial void BadRequest(ILogger logger);

        [LoggerMessage(4, LogLevel.Debug, "The TLS policy of the host does not let the request pass: {Verdict}.", EventName = "NotServed")]
        public static partial void NotServed(ILogger logger, TlsVerdict verdict);

        [LoggerMessage(5, LogLevel.Debug, "A request is refused before it is matched: {Fault}.", EventName = "Refused")]
        public static partial void Refused(ILogger logger, RequestFault fault);

        [LoggerMessage(6, LogLevel.Warning, "A request is answered with 503: the regular expression of a path took longer than it may.", EventName = "PatternTimeout")]
        public static partial void PatternTimeout(ILogger logger);
    }
}

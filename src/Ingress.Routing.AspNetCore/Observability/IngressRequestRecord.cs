using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.AspNetCore;

/// <summary>What there is to tell about one request; a feature of its <c>HttpContext</c> while somebody listens.</summary>
/// <remarks>
/// It is there when measurements of routes are listened to, when the request is traced, or when an <see cref="IIngressRequestObserver"/> is
/// registered. Not thread-safe, and not to be kept: what serves the request fills it in.
/// </remarks>
#pragma warning disable CA1001 // What measures the bodies is disposed with them, by the server.
public sealed class IngressRequestRecord
#pragma warning restore CA1001
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private IHttpResponseBodyFeature? _serverBody;
    private MeasuredResponseBody? _responseBody;
    private MeasuredRequestBody? _requestBody;

    private readonly RouteMetrics _metrics;
    private RequestSeries? _series;

    internal IngressRequestRecord(RouteMetrics metrics) => _metrics = metrics;

    /// <summary>By which table the request was matched; null for one that was no business of the Ingresses.</summary>
    public RouteTableGeneration? Generation { get; internal set; }

    /// <summary>The outcome of matching, with the canonical path; <c>default</c> when the request was refused before.</summary>
    public IngressMatch Match { get; internal set; }

    /// <summary>
    /// Why the answer was made here and not by a backend, in one word of a short list such as <c>not_found</c> or <c>rate_limit</c>; null when a
    /// backend has answered.
    /// </summary>
    public string? Reason { get; set; }

    /// <summary>The address of the endpoint that was asked last; null when none was.</summary>
    public string? Endpoint { get; set; }

    /// <summary>How many endpoints were asked after the first one.</summary>
    public int Retries { get; set; }

    /// <summary>From sending the request on to the end of the response; null when it was not sent on.</summary>
    public TimeSpan? Upstream { get; set; }

    /// <summary>From sending the request on to the head of the response; null when there was none.</summary>
    public TimeSpan? UpstreamHead { get; set; }

    /// <summary>How long it waited for its turn.</summary>
    public TimeSpan Queue { get; set; }

    /// <summary>The status: that of the response, or 499 when the client was gone before there was one.</summary>
    public int Status { get; internal set; }

    /// <summary>The time from its head to the end of its response.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>How many bytes of its body were read. Those of an upgraded connection are not counted.</summary>
    public long RequestBytes => _requestBody?.Count ?? 0;

    /// <summary>How many bytes of the body of the response were handed to the server. Those of an upgraded connection are not counted.</summary>
    public long ResponseBytes => _responseBody?.Count ?? 0;

    /// <summary>The Service port that got the request, or was to get it.</summary>
    internal ServiceReference? Service { get; set; }

    /// <summary>Whether a body of a response is the server's own but for being counted, so that what is written to it is framed by the server alone.</summary>
    /// <param name="body">The body.</param>
    public bool IsServerBody(IHttpResponseBodyFeature body)
        => ReferenceEquals(body, _responseBody) && _serverBody is IHttpResponseFeature;

    internal void Begin(HttpContext context)
    {
        _serverBody = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _responseBody = new(_serverBody);
        context.Features.Set<IHttpResponseBodyFeature>(_responseBody);
        context.Features.Set(this);
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false })
        {
            _requestBody = new(context.Request.Body);
            context.Request.Body = _requestBody;
        }
    }

    /// <summary>Notes that the request has found its route.</summary>
    internal void Enter(IngressMatchFeature match)
    {
        _series = _metrics.SeriesOf(match.Match.Route, match.Service);
        _series.Enter();
    }

    internal void End(HttpContext context, Exception? failure)
    {
        _series?.Leave();
        Duration = Stopwatch.GetElapsedTime(_started);
        var response = context.Response;
        var isGone = context.RequestAborted.IsCancellationRequested;
        if (response.HasStarted)
        {
            Status = response.StatusCode;
            Reason ??= isGone ? AnswerReason.ClientClosed : failure is null ? null : AnswerReason.Broken;
        }
        else if (isGone)
        {
            (Status, Reason) = (StatusCodes.Status499ClientClosedRequest, AnswerReason.ClientClosed);
        }
        else
        {
            Status = failure is BadHttpRequestException bad ? bad.StatusCode : failure is null ? response.StatusCode : StatusCodes.Status500InternalServerError;
            Reason ??= failure is null ? null : AnswerReason.Broken;
        }

        if (context.GetIngressMatch() is { } match)
        {
            Service = match.Service;
        }
    }
}

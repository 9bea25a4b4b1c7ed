using Ingress.Routing.Forwarding.Limits;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Sends requests as the policies of their routes say: with their time-outs, and to another endpoint when one fails.</summary>
/// <remarks>A request without such policies is passed on as it is.</remarks>
internal sealed class BackendHandler(HttpMessageHandler innerHandler, RouteBalancing balancing, RequestLimits limits, ILogger logger)
    : DelegatingHandler(innerHandler)
{
    /// <summary>Whether what it sends to is a handler of the host application, whose place no connection can take.</summary>
    public bool IsOfApplication { get; init; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => request.Options.TryGetValue(BackendCall.Key, out var call)
            ? SendAsync(call, request, cancellationToken)
            : base.SendAsync(request, cancellationToken);

    private async Task<HttpResponseMessage> SendAsync(BackendCall call, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var proxy = call.Context.GetReverseProxyFeature();
        call.Begin(proxy.ProxiedDestination!);
        var body = request.Content is { } content ? new RequestBody(content, call.Context.Request) : null;
        request.Content = body;
        var send = !IsOfApplication && call.Plan.ClientFor(request.RequestUri!) is { } client ? client.SendAsync : (Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>)base.SendAsync;
        while (true)
        {
            var attempt = new BackendAttempt(call, body, cancellationToken);
            var outcome = await attempt.SendAsync(request, send);
            if (outcome.Response is { } answered && outcome.Failure is null)
            {
                return answered;
            }

            if (Next(call, body, outcome, cancellationToken) is not { } next)
            {
                call.TimedOut = outcome.Failure == RetryConditions.Timeout ? outcome.Exception : null;
                return outcome.Response ?? throw outcome.Exception!;
            }

            BackendLog.TryingNext(logger, call.Context.TraceIdentifier, proxy.ProxiedDestination!.DestinationId, outcome.Cause, next.DestinationId);
            outcome.Response?.Dispose();
            if (body is not null)
            {
                await body.RewindAsync();
            }

            proxy.ProxiedDestination = next;
            call.Try(next);
            limits.RequestMoves(call.Context, next.Model.Config.Address);
            request.RequestUri = CanonicalPathTransform.TargetOf(next.Model.Config.Address, call.Context);
        }
    }

    private DestinationState? Next(BackendCall call, RequestBody? body, AttemptOutcome outcome, CancellationToken cancellationToken)
        => call.Plan.Retries is { } retries
            && !cancellationToken.IsCancellationRequested
            && outcome.MayGoOn(retries.Conditions, call.Context.Request.Method)
            && body?.CanBeSentAgain != false
            && call.HasTriesLeft(retries)
                ? balancing.Choose(call, call.Cluster, call.Cluster.DestinationsState.AvailableDestinations)
                : null;
}

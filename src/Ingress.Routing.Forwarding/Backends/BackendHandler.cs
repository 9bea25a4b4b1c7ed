using Ingress.Routing.AspNetCore;
using Ingress.Routing.Forwarding.Limits;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Sends requests as the policies of their routes say: with their time-outs, and once more when an endpoint fails.</summary>
/// <remarks>
/// A request without such policies is passed on as it is. When it fails, and may be sent once more, it comes here again with a <see cref="BackendCall"/>
/// (<see cref="SecondTry"/>).
/// </remarks>
internal sealed class BackendHandler(HttpMessageHandler innerHandler, Retrying retrying, RequestLimits limits)
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
        while (true)
        {
            var attempt = new BackendAttempt(call, body, cancellationToken);
            var outcome = await attempt.SendAsync(request, SenderFor(call, request));
            if (outcome.Response is { } answered && outcome.Failure is null)
            {
                return answered;
            }

            if (cancellationToken.IsCancellationRequested || body is { CanBeSentAgain: false }
                || retrying.Next(call, outcome, hasBody: body is { IsEmpty: false }) is not { } next)
            {
                call.TimedOut = outcome.Failure == RetryConditions.Timeout ? outcome.Exception : null;
                return outcome.Response ?? throw outcome.Exception!;
            }

            outcome.Response?.Dispose();
            if (body is not null)
            {
                await body.RewindAsync();
            }

            proxy.ProxiedDestination = next;
            call.Try(next);
            limits.RequestMoves(call.Context, next.Model.Config.Address);
            request.RequestUri = RequestTarget.Of(next.Model.Config.Address, call.Context.GetIngressMatch()!);
        }
    }

    private Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> SenderFor(BackendCall call, HttpRequestMessage request)
        => IsOfApplication ? base.SendAsync
            : call.UsesNewConnection ? call.Plan.NewClientFor(request.RequestUri!)!.SendAsync
            : call.Plan.ClientFor(request.RequestUri!) is { } client ? client.SendAsync
            : base.SendAsync;
}

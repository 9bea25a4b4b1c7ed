using System.IO.Pipelines;
using Ingress.Routing.AspNetCore.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.AspNetCore.Connections;

/// <summary>Tells each connection, before anything else happens, that a request of it is being answered.</summary>
internal sealed class RequestsOfConnections(RequestGate gate) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(next => context => InvokeAsync(context, next));
        next(app);
    };

    private Task InvokeAsync(HttpContext context, RequestDelegate next)
        => context.Features.Get<ClientConnection>() is { } connection ? InvokeAsync(context, next, connection) : next(context);

    private async Task InvokeAsync(HttpContext context, RequestDelegate next, ClientConnection connection)
    {
        var slot = connection.RequestBegins(context);
        context.Features.Set(slot);
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            Watch(context, connection, slot);
        }

        try
        {
            await next(context);
        }
        finally
        {
            if (connection.RequestEnds(context, slot))
            {
                gate.ClientTookBackTooMuch();
            }
        }
    }

    // What is upgraded, or is to become a WebSocket over HTTP/2, has no end that one could wait for.
    private void Watch(HttpContext context, ClientConnection connection, RequestSlot slot)
    {
        if (gate.Bounds.BodyMilliseconds == long.MaxValue
            || context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true })
        {
            return;
        }

        PipeReader reader = context.Request.BodyReader; // before the body has another stream, of which it would become the reader
        var body = new ClientBody(context.Request.Body, reader, context.Features.GetRequiredFeature<IHttpResponseFeature>(), gate.Bounds);
        context.Request.Body = body;
        context.Features.Set<IRequestBodyProgressFeature>(body);
        slot.Body = body;
        connection.Watch(body);
    }
}

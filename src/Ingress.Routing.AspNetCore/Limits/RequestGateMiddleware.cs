using System.Diagnostics;
using Ingress.Routing.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore.Limits;

/// <summary>Lets requests in, once it is known who their client is.</summary>
internal sealed class RequestGateMiddleware(RequestDelegate next, RequestGate gate, ClientCounts counts)
{
    // Not async: a request that is let in at once pays for no state machine. The slot gives back what it holds where the request began.
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<RequestSlot>() is not { } slot)
        {
            return ServeAsync(context, new RequestSlot());
        }

        var client = ClientOf(context, out var lookedUp);
        if (!gate.TryEnter(client))
        {
            return WaitAsync(context, slot, client, lookedUp);
        }

        slot.Entered(gate, client, lookedUp);
        return next(context);
    }

    // A server other than Kestrel, or HTTP/3, where no connection is known.
    private async Task ServeAsync(HttpContext context, RequestSlot slot)
    {
        var client = ClientOf(context, out var lookedUp);
        try
        {
            if (!gate.TryEnter(client))
            {
                await WaitAsync(context, slot, client, lookedUp);
                return;
            }

            slot.Entered(gate, client, lookedUp);
            await next(context);
        }
        finally
        {
            slot.Leave();
        }
    }

    private async Task WaitAsync(HttpContext context, RequestSlot slot, ClientCount? client, ClientCounts? lookedUp)
    {
        var since = Stopwatch.GetTimestamp();
        var isIn = await gate.WaitAsync(client);
        context.GetIngressRecord()?.Queue += Stopwatch.GetElapsedTime(since);
        if (isIn)
        {
            slot.Entered(gate, client, lookedUp);
            await next(context);
            return;
        }

        lookedUp?.Release(client!);
        await PlainTextResponse.BusyAsync(context);
    }

    // The address that a trusted proxy names is known by now.
    private ClientCount? ClientOf(HttpContext context, out ClientCounts? lookedUp)
    {
        lookedUp = null;
        if (context.Features.Get<ClientConnection>() is { } connection && !TrustedProxies.HasSent(context))
        {
            return connection.Client;
        }

        if (context.Connection.RemoteIpAddress is not { } address)
        {
            return null;
        }

        lookedUp = counts;
        return counts.Hold(ClientKey.OfAddress(address));
    }
}

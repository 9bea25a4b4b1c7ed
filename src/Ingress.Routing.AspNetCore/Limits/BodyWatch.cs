using Ingress.Routing.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;

namespace Ingress.Routing.AspNetCore.Limits;

/// <summary>Looks every second which bodies of requests come too slowly. One timer for all of them.</summary>
internal sealed class BodyWatch(ClientConnections clients, RequestGate gate) : BackgroundService
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_look);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                for (var ended = clients.EndSlowBodies(); ended > 0; ended--)
                {
                    gate.BodyWasTooSlow();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Over. The host would call it a failure when a start has failed, which is said already.
        }
    }
}

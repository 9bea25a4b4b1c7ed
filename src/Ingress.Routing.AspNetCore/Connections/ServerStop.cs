using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.AspNetCore.Connections;

/// <summary>Lets clients leave before the server stops.</summary>
/// <remarks>
/// Kestrel closes its listeners and every connection without a request at the moment it is stopped, and with them the requests that are on their way. So
/// this comes before, while the host is stopping: what it leaves to Kestrel are the listeners that outlive it.
/// </remarks>
internal sealed class ServerStop(
    ClientConnections clients, ConnectionDrain drain, IOptions<IngressConnectionOptions> options, IHostApplicationLifetime lifetime) : IHostedLifecycleService
{
    private CancellationTokenRegistration _stopping;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _stopping = lifetime.ApplicationStopping.Register(Announce);
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // A host can be stopped without having been asked to.
        lifetime.StopApplication();
        Announce();
        await Task.Delay(options.Value.ShutdownDelay, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        drain.Start();
        await clients.DrainAsync(options.Value.DrainTimeout, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        _stopping.Dispose();
        return Task.CompletedTask;
    }

    private void Announce()
    {
        drain.Announce();
        clients.AskToLeave();
    }
}

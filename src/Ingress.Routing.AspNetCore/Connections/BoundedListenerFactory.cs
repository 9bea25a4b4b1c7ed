using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.AspNetCore.Connections;

/// <summary>Opens Kestrel's sockets, and accepts no more connections than there is room for.</summary>
/// <remarks>Kestrel's own bound on connections comes behind the accepting, and knows nothing of idle ones.</remarks>
internal sealed class BoundedListenerFactory(
    ClientConnections clients, IOptions<SocketTransportOptions> options, ILoggerFactory loggers)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory _sockets = new(options, loggers);

    public bool CanBind(EndPoint endpoint) => _sockets.CanBind(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = await _sockets.BindAsync(endpoint, cancellationToken);
        clients.AddListener();
        return new Listener(listener, clients);
    }

    private sealed class Listener(IConnectionListener sockets, ClientConnections clients) : IConnectionListener
    {
        private readonly ListenerShare _share = new();

        public EndPoint EndPoint => sockets.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (await sockets.AcceptAsync(cancellationToken) is { } accepted)
            {
                // The one that waits here is the only one beyond the bound: the next is not accepted before.
                if (await clients.AdmitAsync(accepted, _share) is { } admitted)
                {
                    return admitted;
                }
            }

            return null;
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            await sockets.UnbindAsync(cancellationToken);

            // Not awaited: requests in flight may take longer than the server is given to stop.
            _ = clients.CloseIdleAsync(_share);
        }

        public async ValueTask DisposeAsync()
        {
            await sockets.DisposeAsync();
            clients.RemoveListener();
        }
    }
}

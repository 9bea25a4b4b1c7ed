using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.AspNetCore.Connections;

/// <summary>Opens Kestrel's sockets, and accepts no more connections than there is room for.</summary>
/// <remarks>Kestrel's own bound on connections comes behind the accepting, and knows nothing of idle ones.</remarks>
internal sealed class BoundedListenerFactory : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    // Kestrel opens the socket before it returns for the first time.
    [ThreadStatic]
    private static Socket? s_opened;

    private readonly ClientConnections _clients;
    private readonly IngressConnectionOptions _options;
    private readonly SocketTransportFactory _sockets;

    public BoundedListenerFactory(
        ClientConnections clients,
        IOptions<IngressConnectionOptions> options,
        IOptions<SocketTransportOptions> sockets,
        ILoggerFactory loggers)
    {
        _clients = clients;
        _options = options.Value;
        var open = sockets.Value.CreateBoundListenSocket;
        sockets.Value.CreateBoundListenSocket = endPoint => s_opened = open(endPoint);
        _sockets = new SocketTransportFactory(sockets, loggers);
    }

    public bool CanBind(EndPoint endpoint) => _sockets.CanBind(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        s_opened = null;
        var binding = _sockets.BindAsync(endpoint, cancellationToken);
        var socket = s_opened;
        var listener = await binding;
        var bounded = new BoundedListener(listener, socket, _clients, new(_options.OutlivesDrain?.Invoke(endpoint) == true));
        _clients.AddListener(bounded);
        return bounded;
    }
}

using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>Lets Kestrel accept the connections of a <see cref="HandOverEndPoint"/>.</summary>
internal sealed class HandOverListenerFactory : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => endpoint is HandOverEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
        => ValueTask.FromResult<IConnectionListener>(new Listener((HandOverEndPoint)endpoint));

    private sealed class Listener(HandOverEndPoint endPoint) : IConnectionListener
    {
        public EndPoint EndPoint => endPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (await endPoint.Connections.WaitToReadAsync(cancellationToken))
            {
                if (endPoint.Connections.TryRead(out var connection))
                {
                    return connection;
                }
            }

            return null;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            endPoint.Close();
            return ValueTask.CompletedTask;
        }

        public async ValueTask DisposeAsync()
        {
            endPoint.Close();
            while (endPoint.Connections.TryRead(out var connection))
            {
                await connection.DisposeAsync();
            }
        }
    }
}

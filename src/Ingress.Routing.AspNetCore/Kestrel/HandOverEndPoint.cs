using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>An endpoint in memory: its connections were accepted by another endpoint, which hands them over.</summary>
internal sealed class HandOverEndPoint : EndPoint
{
    private readonly Channel<ConnectionContext> _connections = Channel.CreateUnbounded<ConnectionContext>();

    public ChannelReader<ConnectionContext> Connections => _connections.Reader;

    /// <summary>Hands a connection over.</summary>
    /// <returns>False when the endpoint takes no more connections.</returns>
    public bool TryHandOver(ConnectionContext connection) => _connections.Writer.TryWrite(connection);

    public void Close() => _connections.Writer.TryComplete();

    /// <summary>What the server shows as the host of this address.</summary>
    public override string ToString() => "http2-with-prior-knowledge";
}

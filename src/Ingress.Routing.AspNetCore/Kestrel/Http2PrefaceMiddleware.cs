using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>Looks at the first bytes of a connection: HTTP/1.1 goes on, HTTP/2 is handed over.</summary>
internal sealed class Http2PrefaceMiddleware(ConnectionDelegate next, HandOverEndPoint handOver, KestrelServerLimits limits)
{
    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        bool isHttp2;
        try
        {
            isHttp2 = await ConnectionStart.PeekAsync<bool>(
                connection, StartsWithPreface, limits.KeepAliveTimeout, limits.RequestHeadersTimeout) ?? false;
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            // The client is gone or said nothing for too long, or the server stops; Kestrel closes the connection.
            return;
        }

        if (!isHttp2)
        {
            await next(connection);
            return;
        }

        var handedOver = new HandedOverConnection(connection);
        if (handOver.TryHandOver(handedOver))
        {
            await handedOver.Completion;
        }
    }

    // Null as long as it may still become the preface. The first byte decides about nearly every connection over HTTP/1.1.
    private static bool? StartsWithPreface(in ReadOnlySequence<byte> buffer)
    {
        Span<byte> start = stackalloc byte[Preface.Length];
        var length = (int)Math.Min(buffer.Length, Preface.Length);
        buffer.Slice(0, length).CopyTo(start);
        if (!Preface.StartsWith(start[..length]))
        {
            return false;
        }

        return length == Preface.Length ? true : null;
    }
}

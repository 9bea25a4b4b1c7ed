using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
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
            isHttp2 = await StartsWithPrefaceAsync(connection);
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

    private async ValueTask<bool> StartsWithPrefaceAsync(ConnectionContext connection)
    {
        // Kestrel's own clocks only start with its protocol handlers.
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        timeout.CancelAfter(Bounded(limits.KeepAliveTimeout));

        var input = connection.Transport.Input;
        long examined = 0;
        while (true)
        {
            var result = await input.ReadAsync(timeout.Token);
            var buffer = result.Buffer;
            var isPreface = StartsWithPreface(buffer);
            if (isPreface is not null || result.IsCompleted)
            {
                // Consumes nothing, and calls nothing examined that was not before, so that the next reader gets it all at once.
                input.AdvanceTo(buffer.Start, buffer.GetPosition(examined));
                return isPreface ?? false;
            }

            examined = buffer.Length;
            input.AdvanceTo(buffer.Start, buffer.End);
            if (examined > 0)
            {
                timeout.CancelAfter(Bounded(limits.RequestHeadersTimeout));
            }
        }
    }

    // Null as long as it may still become the preface. The first byte settles nearly every connection over HTTP/1.1.
    private static bool? StartsWithPreface(ReadOnlySequence<byte> buffer)
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

    // Kestrel writes "never" as the longest time span, which is too long for a timer.
    private static TimeSpan Bounded(TimeSpan timeout) => timeout < TimeSpan.FromDays(1) ? timeout : TimeSpan.FromDays(1);
}

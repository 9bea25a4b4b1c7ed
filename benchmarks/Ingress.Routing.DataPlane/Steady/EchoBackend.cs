using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Ingress.Routing.DataPlane.Steady;

/// <summary>A backend that names itself in each response, and speaks as long as it is asked to.</summary>
internal sealed class EchoBackend : IAsyncDisposable
{
    /// <summary>A download that does not end by itself: numbers one after the other, four bytes each.</summary>
    public const string DownloadPath = "/download";

    /// <summary>A WebSocket that sends back what it gets.</summary>
    public const string WebSocketPath = "/socket";

    /// <summary>A stream that sends back what it gets, and ends with a trailer.</summary>
    public const string StreamPath = "/counting.Service/Echo";

    /// <summary>A response that takes a while to begin.</summary>
    public const string SlowPath = "/slow";

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_slow = TimeSpan.FromMilliseconds(200);

    private readonly int _index;
    private readonly WebApplication _app;
    private long _arrivals;

    private EchoBackend(int index)
    {
        _index = index;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel =>
        {
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(AnswerAsync);
    }

    public int Port { get; private set; }

    /// <summary>Where HTTP/2 without TLS is spoken.</summary>
    public int Http2Port { get; private set; }

    /// <summary>How many requests have arrived.</summary>
    public long Arrivals => Interlocked.Read(ref _arrivals);

    public static async Task<EchoBackend> StartAsync(int index)
    {
        var backend = new EchoBackend(index);
        await backend._app.StartAsync();
        var addresses = backend._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        (backend.Port, backend.Http2Port) = (new Uri(addresses[0]).Port, new Uri(addresses[1]).Port);
        return backend;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _arrivals);
        context.Response.Headers[Reply.BackendHeader] = _index.ToString(CultureInfo.InvariantCulture);
        return context.Request.Path.Value switch
        {
            DownloadPath => DownloadAsync(context),
            WebSocketPath => EchoMessagesAsync(context),
            StreamPath => EchoStreamAsync(context),
            SlowPath => AnswerSlowlyAsync(context),
            _ => AnswerWithLengthAsync(context),
        };
    }

    private static async Task AnswerWithLengthAsync(HttpContext context)
    {
        var length = 0L;
        var buffer = new byte[8192];
        while (await context.Request.Body.ReadAsync(buffer) is > 0 and var count)
        {
            length += count;
        }

        context.Response.Headers[Reply.LengthHeader] = length.ToString(CultureInfo.InvariantCulture);
        context.Response.ContentLength = 5;
        await context.Response.Body.WriteAsync("hello"u8.ToArray());
    }

    private static async Task AnswerSlowlyAsync(HttpContext context)
    {
        await Task.Delay(s_slow, context.RequestAborted);
        await AnswerWithLengthAsync(context);
    }

    private static async Task DownloadAsync(HttpContext context)
    {
        var block = new byte[4096];
        for (var number = 0; !context.RequestAborted.IsCancellationRequested; number += block.Length / 4)
        {
            for (var i = 0; i < block.Length; i += 4)
            {
                BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(i), number + (i / 4));
            }

            await context.Response.Body.WriteAsync(block, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(s_pause, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task EchoMessagesAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[1024];
        while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } message)
        {
            await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, CancellationToken.None);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    private static async Task EchoStreamAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.FlushAsync();
        var buffer = new byte[1024];
        while (await context.Request.Body.ReadAsync(buffer) is > 0 and var count)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, count));
            await context.Response.Body.FlushAsync();
        }

        context.Response.AppendTrailer("grpc-status", "0");
    }
}

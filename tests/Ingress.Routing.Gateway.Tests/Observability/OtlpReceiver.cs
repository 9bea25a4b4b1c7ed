using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Ingress.Routing.Gateway.Tests.Observability;

/// <summary>A collector that takes OTLP over HTTP and over gRPC, and keeps what it got.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedSpan> _spans = [];
    private readonly ConcurrentQueue<string> _metrics = [];

    private OtlpReceiver(HttpProtocols protocols)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public IReadOnlyCollection<ReceivedSpan> Spans => _spans;

    /// <summary>The names of the instruments.</summary>
    public IReadOnlyCollection<string> Metrics => _metrics;

    public static async Task<OtlpReceiver> StartAsync(HttpProtocols protocols = HttpProtocols.Http1)
    {
        var receiver = new OtlpReceiver(protocols);
        await receiver._app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var message = body.ToArray().AsMemory();
        var isGrpc = context.Request.ContentType == "application/grpc";
        message = isGrpc ? message[5..] : message; // a flag and the length
        var path = context.Request.Path.Value!;
        if (path.EndsWith("/traces", StringComparison.Ordinal) || path.EndsWith("TraceService/Export", StringComparison.Ordinal))
        {
            foreach (var span in Messages(message, 1, 2, 2))
            {
                _spans.Enqueue(ReceivedSpan.Read(span));
            }
        }
        else
        {
            foreach (var metric in Messages(message, 1, 2, 2))
            {
                _metrics.Enqueue(ProtoField.Read(metric).Single(static field => field.Number == 1).Text);
            }
        }

        context.Response.ContentType = context.Request.ContentType;
        if (isGrpc)
        {
            await context.Response.Body.WriteAsync(new byte[5]);
            context.Response.AppendTrailer("grpc-status", "0");
        }
    }

    // What lies at the end of a path of field numbers.
    private static IEnumerable<ReadOnlyMemory<byte>> Messages(ReadOnlyMemory<byte> message, params int[] path)
        => path.Aggregate((IEnumerable<ReadOnlyMemory<byte>>)[message], static (messages, number)
            => messages.SelectMany(ProtoField.Read).Where(field => field.Number == number).Select(static field => field.Bytes));
}

using System.Net;
using System.Net.Sockets;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>Clients that send the body of a request a byte at a time, each of which holds a connection to a backend.</summary>
public sealed class SlowBodyTests
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Over HTTP/1.1 it says nothing more. A client that goes on sends into a connection that is closed, and may never read the answer.
    [Fact]
    public async Task Post_Http1_Is408AndTheBackendIsLetGo()
    {
        await using var backend = await StartBackendAsync();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port), web: Limit);
        using var client = await proxy.ConnectAsync();

        await client.Connection.WriteAsync("POST / HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 100\r\n\r\nx");
        var (answer, _) = await client.Connection.ReadToEndAsync().InTime();

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
        await _ended.Task.InTime();
    }

    [Fact]
    public async Task Post_Http2_Is408AndTheBackendIsLetGo()
    {
        await using var backend = await StartBackendAsync();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port), web: Limit);
        using var client = proxy.CreateHttp2Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new WritingContent(Trickle),
            Version = client.DefaultRequestVersion,
            VersionPolicy = client.DefaultVersionPolicy,
        };

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).InTime();

        Assert.Equal(HttpStatusCode.RequestTimeout, response.StatusCode);
        await _ended.Task.InTime();
    }

    // The window of its stream is closed: what the backend sends can go nowhere.
    [Fact]
    public async Task Get_Http2WithoutWindow_EndsWithTheActivityTimeout()
    {
        await using var backend = await Backend.StartAsync(async context =>
        {
            try
            {
                while (true)
                {
                    await context.Response.Body.WriteAsync(new byte[64 * 1024], context.RequestAborted);
                }
            }
            catch (Exception failure) when (failure is IOException or OperationCanceledException)
            {
                _ended.TrySetResult();
            }
        });
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port), static options => options.ActivityTimeout = TimeSpan.FromSeconds(2), web: Limit);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, proxy.Http2.Port);
        byte[] noWindow = [0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0];
        byte[] headers = [0x82, 0x86, 0x84, 0x01, 9, .. "shop.test"u8];
        await client.GetStream().WriteAsync((byte[])
            [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. noWindow, 0, 0, (byte)headers.Length, 1, 5, 0, 0, 0, 1, .. headers]);

        await _ended.Task.InTime();
    }

    // A client of a stream says what it has to say when it has to, and hears nothing before its end.
    [Fact]
    public async Task ClientStreamOfGrpc_Quiet_IsServed()
    {
        await using var backend = await Backend.StartAsync(
            static app => app.MapGrpcService<CountingService>(),
            static listen => listen.Protocols = HttpProtocols.Http2,
            static services => services.AddGrpc());
        await using var proxy = await Proxy.StartAsync(Cluster.Of("grpc", backend.Port), web: Limit);
        using var channel = GrpcChannel.ForAddress(proxy.Http2);
        using var call = channel.CreateCallInvoker().AsyncClientStreamingCall(CountingServiceBase.SumMethod, null, default);

        await call.RequestStream.WriteAsync("1").InTime();
        await Task.Delay(TimeSpan.FromSeconds(4));
        await call.RequestStream.WriteAsync("2").InTime();
        await call.RequestStream.CompleteAsync().InTime();

        Assert.Equal("3", await call.ResponseAsync.InTime());
    }

    private Task<Backend> StartBackendAsync() => Backend.StartAsync(async context =>
    {
        try
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            _ended.TrySetResult();
        }
    });

    private static void Limit(IWebHostBuilder web) => web
        .UseIngressConnectionLimits(static limits => limits.BodyTimeout = TimeSpan.FromSeconds(1))
        .ConfigureKestrel(static kestrel => kestrel.Limits.MinRequestBodyDataRate = null); // which would do it too, and to streams as well

    private static async Task Trickle(Stream stream)
    {
        try
        {
            for (var i = 0; i < 300; i++)
            {
                await stream.WriteAsync(new byte[1]);
                await stream.FlushAsync();
                await Task.Delay(200);
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or HttpRequestException or OperationCanceledException)
        {
        }
    }
}

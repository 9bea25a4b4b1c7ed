using System.Net;
using Grpc.Net.Client;
using Ingress.Routing.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>Clients that send the body of a request a byte at a time, each of which holds a connection to a backend.</summary>
public sealed class SlowBodyTests
{
    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task Post_TooSlow_Is408AndTheBackendIsLetGo(HttpProtocols protocol)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = await Backend.StartAsync(async context =>
        {
            try
            {
                await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            }
            catch (Exception failure) when (failure is IOException or OperationCanceledException)
            {
                ended.TrySetResult();
            }
        });
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port), web: Limit);
        using var client = proxy.CreateClient(protocol);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new WritingContent(Trickle), Version = client.DefaultRequestVersion, VersionPolicy = client.DefaultVersionPolicy };

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).InTime();

        Assert.Equal(HttpStatusCode.RequestTimeout, response.StatusCode);
        await ended.Task.InTime();
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

using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>gRPC over HTTP/2 without TLS on both sides.</summary>
public sealed class GrpcTests
{
    [Theory]
    [InlineData("kubernetes.io/h2c")]
    [InlineData("grpc")]
    public async Task UnaryCall_ReturnsResponseAndTrailers(string appProtocol)
    {
        await using var fixture = await Fixture.StartAsync(appProtocol);
        using var call = fixture.Invoker.AsyncUnaryCall(CountingServiceBase.GreetMethod, null, default, "world");

        Assert.Equal("hello world", await call.ResponseAsync.InTime());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Equal("world", call.GetTrailers().GetValue("greeted"));
    }

    [Fact]
    public async Task FailedCall_ReturnsStatusAndTrailers()
    {
        await using var fixture = await Fixture.StartAsync();
        using var call = fixture.Invoker.AsyncUnaryCall(CountingServiceBase.FailMethod, null, default, "not now");

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.InTime());

        Assert.Equal(StatusCode.FailedPrecondition, failure.StatusCode);
        Assert.Equal("not now", failure.Status.Detail);
        Assert.Equal("asked for", failure.Trailers.GetValue("why"));
    }

    [Fact]
    public async Task ServerStream_ArrivesWhole_WithTrailers()
    {
        await using var fixture = await Fixture.StartAsync();
        using var call = fixture.Invoker.AsyncServerStreamingCall(CountingServiceBase.CountToMethod, null, default, "500");
        var count = 0;

        while (await call.ResponseStream.MoveNext(CancellationToken.None).InTime())
        {
            Assert.Equal($"{++count}", call.ResponseStream.Current);
        }

        Assert.Equal(500, count);
        Assert.Equal("500", call.GetTrailers().GetValue("counted"));
    }

    [Fact]
    public async Task ClientStream_ArrivesWhole()
    {
        await using var fixture = await Fixture.StartAsync();
        using var call = fixture.Invoker.AsyncClientStreamingCall(CountingServiceBase.SumMethod, null, default);
        for (var i = 1; i <= 100; i++)
        {
            await call.RequestStream.WriteAsync($"{i}").InTime();
        }

        await call.RequestStream.CompleteAsync().InTime();

        Assert.Equal("5050", await call.ResponseAsync.InTime());
    }

    [Fact]
    public async Task DuplexStream_AnswersEachMessageBeforeTheNext()
    {
        await using var fixture = await Fixture.StartAsync();
        using var call = fixture.Invoker.AsyncDuplexStreamingCall(CountingServiceBase.EchoMethod, null, default);
        for (var i = 0; i < 5; i++)
        {
            await call.RequestStream.WriteAsync($"message {i}").InTime();
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).InTime());
            Assert.Equal($"message {i}", call.ResponseStream.Current);
        }

        await call.RequestStream.CompleteAsync().InTime();

        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None).InTime());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task CallWithoutBackend_IsUnavailable()
    {
        await using var fixture = await Fixture.StartAsync();
        fixture.Proxy.Publish(Cluster.Of("grpc"));
        using var call = fixture.Invoker.AsyncUnaryCall(CountingServiceBase.GreetMethod, null, default, "world");

        var failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.InTime());

        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
    }

    private sealed class Fixture(Backend backend, Proxy proxy, GrpcChannel channel) : IAsyncDisposable
    {
        public Proxy Proxy { get; } = proxy;

        public CallInvoker Invoker { get; } = channel.CreateCallInvoker();

        public static async Task<Fixture> StartAsync(string appProtocol = "kubernetes.io/h2c")
        {
            var backend = await Backend.StartAsync(
                app => app.MapGrpcService<CountingService>(),
                listen => listen.Protocols = HttpProtocols.Http2,
                services => services.AddGrpc());
            var proxy = await Proxy.StartAsync(Cluster.Of(appProtocol, backend.Port));
            return new Fixture(backend, proxy, GrpcChannel.ForAddress(proxy.Http2));
        }

        public async ValueTask DisposeAsync()
        {
            channel.Dispose();
            await Proxy.DisposeAsync();
            await backend.DisposeAsync();
        }
    }
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>What a client sees when the backend does not answer.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task NoReadyEndpoint_Is503()
    {
        await using var proxy = await Proxy.StartAsync(Cluster.Of());

        await AssertAnswerAsync(proxy, HttpStatusCode.ServiceUnavailable, "503 Service Unavailable");
    }

    [Fact]
    public async Task MissingService_Is503()
    {
        await using var proxy = await Proxy.StartAsync(Cluster.Of() with { Services = [] });

        await AssertAnswerAsync(proxy, HttpStatusCode.ServiceUnavailable, "503 Service Unavailable");
    }

    [Fact]
    public async Task NoHealthyEndpoint_Is503()
    {
        await using var backend = await Backend.StartAsync("a");
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(backend.Port),
            options => options.ConfigureCluster = (_, config) => config with
            {
                HealthCheck = new HealthCheckConfig
                {
                    AvailableDestinationsPolicy = "HealthyAndUnknown",
                    Passive = new PassiveHealthCheckConfig { Enabled = true },
                },
            });
        var cluster = proxy.Clusters.Get(Cluster.Web, proxy.Router.Current);
        cluster.State.Destinations.Values.Single().Health.Passive = DestinationHealth.Unhealthy;
        cluster.State.DestinationsState = new ClusterDestinationsState([.. cluster.State.Destinations.Values], []);

        await AssertAnswerAsync(proxy, HttpStatusCode.ServiceUnavailable, "503 Service Unavailable");
    }

    [Fact]
    public async Task RefusedConnection_Is502()
    {
        using var refusing = new RefusingEndpoint();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(refusing.Port));

        await AssertAnswerAsync(proxy, HttpStatusCode.BadGateway, "502 Bad Gateway");
    }

    [Fact]
    public async Task ConnectionClosedBeforeTheAnswer_Is502()
    {
        await using var backend = new RawBackend(_ => Task.CompletedTask);
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));

        await AssertAnswerAsync(proxy, HttpStatusCode.BadGateway, "502 Bad Gateway");
    }

    [Fact]
    public async Task ConnectionResetBeforeTheAnswer_Is502()
    {
        await using var backend = new RawBackend(connection =>
        {
            connection.Reset();
            return Task.CompletedTask;
        });
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));

        await AssertAnswerAsync(proxy, HttpStatusCode.BadGateway, "502 Bad Gateway");
    }

    [Fact]
    public async Task AnswerThatIsNotHttp_Is502()
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync("220 mail.test ESMTP\r\n"));
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));

        await AssertAnswerAsync(proxy, HttpStatusCode.BadGateway, "502 Bad Gateway");
    }

    [Fact]
    public async Task BackendThatDoesNotSpeakHttp2_Is502()
    {
        await using var backend = await Backend.StartAsync("a");
        await using var proxy = await Proxy.StartAsync(Cluster.Of("kubernetes.io/h2c", backend.Port));

        await AssertAnswerAsync(proxy, HttpStatusCode.BadGateway, "502 Bad Gateway");
    }

    [Fact]
    public async Task SlowBackend_Is504()
    {
        await using var backend = new RawBackend(connection => connection.ReadToEndAsync());
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(backend.Port), options => options.ActivityTimeout = TimeSpan.FromMilliseconds(300));

        await AssertAnswerAsync(proxy, HttpStatusCode.GatewayTimeout, "504 Gateway Timeout");
    }

    [Fact]
    public async Task ConnectionThatIsNotEstablished_Is504()
    {
        using var refusing = new RefusingEndpoint();
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(refusing.Port),
            options =>
            {
                options.ConnectTimeout = TimeSpan.FromMilliseconds(200);
                options.ConfigureHandler = handler => handler.ConnectCallback = async (_, cancellationToken) =>
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                    throw new InvalidOperationException("Not reached.");
                };
            });

        await AssertAnswerAsync(proxy, HttpStatusCode.GatewayTimeout, "504 Gateway Timeout");
    }

    [Fact]
    public async Task HeadRequest_FailsWithoutABody()
    {
        using var refusing = new RefusingEndpoint();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(refusing.Port));
        using var client = await proxy.ConnectAsync();

        await client.Connection.WriteAsync("HEAD / HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n");
        var (response, _) = await client.Connection.ReadToEndAsync().InTime();

        Assert.StartsWith("HTTP/1.1 502 ", response, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApplicationWithStatusCodePages_KeepsThem()
    {
        using var refusing = new RefusingEndpoint();
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(refusing.Port), pipeline: app => app.UseStatusCodePages("text/html", "<h1>{0}</h1>"));

        using var response = await proxy.Client.GetAsync("/");

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal("<h1>502</h1>", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task ResponseThatBreaksOff_DoesSoForTheClient()
    {
        var received = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = new RawBackend(async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            await received.Task;
        });
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();
        await client.Connection.WriteAsync("GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", await client.Connection.ReadUntilAsync("hello\r\n").InTime(), StringComparison.Ordinal);

        received.SetResult();
        var (rest, _) = await client.Connection.ReadToEndAsync().InTime();

        Assert.Equal("", rest); // Closed without the chunk that would end the response.
    }

    [Fact]
    public async Task ResponseThatBreaksOff_OverHttp2_ResetsTheStream()
    {
        var received = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = await Backend.StartAsync(
            async context =>
            {
                await context.Response.WriteAsync("hello");
                await context.Response.Body.FlushAsync();
                await received.Task;
                context.Abort();
            },
            HttpProtocols.Http2);
        await using var proxy = await Proxy.StartAsync(Cluster.Of("h2c", backend.Port));
        using var client = proxy.CreateHttp2Client();
        using var response = await client.GetAsync("/", HttpCompletionOption.ResponseHeadersRead).InTime();
        await using var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[5]).AsTask().InTime();

        received.SetResult();

        await Assert.ThrowsAsync<HttpProtocolException>(() => body.ReadAtLeastAsync(new byte[1], 1).AsTask().InTime());
    }

    [Fact]
    public async Task BackendThatAnswersWithoutReadingTheBody_IsHeard()
    {
        await using var backend = new RawBackend(async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nX-Limit: 5\r\nConnection: close\r\n\r\n");
            await connection.ReadToEndAsync();
        });
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        await client.Connection.WriteAsync($"POST / HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 1000\r\n\r\n{new string('x', 1000)}");
        var head = await client.Connection.ReadHeadAsync().InTime();

        Assert.StartsWith("HTTP/1.1 413 ", head, StringComparison.Ordinal);
        Assert.Contains("X-Limit: 5", head, StringComparison.Ordinal);
    }

    private static async Task AssertAnswerAsync(Proxy proxy, HttpStatusCode status, string beginning)
    {
        using var response = await proxy.Client.GetAsync("/").InTime();

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(beginning, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}

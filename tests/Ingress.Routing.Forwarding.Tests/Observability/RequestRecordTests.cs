using System.Net;
using System.Threading.Channels;
using Ingress.Routing.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Ingress.Routing.Forwarding.Tests.Observability;

/// <summary>What the record of a request says about what became of it behind the gateway.</summary>
public sealed class RequestRecordTests
{
    private readonly Records _records = new();

    [Fact]
    public async Task AnsweredRequest_TellsEndpointAndTimes()
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await StartAsync(Cluster.Of(backend.Port));

        using var response = await proxy.Client.GetAsync("/").InTime();
        var record = await _records.NextAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains($":{backend.Port}", record.Endpoint, StringComparison.Ordinal);
        Assert.Equal((200, null), (record.Status, record.Reason));
        Assert.True(record.UpstreamHead > TimeSpan.Zero && record.UpstreamHead <= record.Upstream && record.Upstream <= record.Duration);
    }

    [Fact]
    public async Task RefusedConnection_IsItsOwnReason()
    {
        using var endpoint = new RefusingEndpoint();
        await using var proxy = await StartAsync(Cluster.Of(endpoint.Port));

        using var response = await proxy.Client.GetAsync("/").InTime();
        var record = await _records.NextAsync();

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Equal((502, "upstream_connect", null), (record.Status, record.Reason, record.UpstreamHead));
    }

    [Fact]
    public async Task ResponseThatBreaksOff_KeepsItsStatus_AndSaysSo()
    {
        await using var backend = new RawBackend(async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            connection.Reset();
        });
        await using var proxy = await StartAsync(Cluster.Of(backend.Port));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => proxy.Client.GetStringAsync("/").InTime());
        var record = await _records.NextAsync();

        Assert.Equal((200, "upstream_broken"), (record.Status, record.Reason));
    }

    // What counts the bytes of a response stands between the server and what writes trailers.
    [Fact]
    public async Task Trailers_OverHttp1_ArriveAsWithoutARecord()
    {
        await using var backend = new RawBackend(static connection
            => connection.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n4\r\nbody\r\n0\r\nX-Sum: 42\r\n\r\n"));
        await using var proxy = await StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        await client.Connection.WriteAsync("GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n");
        await client.Connection.ReadHeadAsync().InTime();

        Assert.Equal("4\r\nbody\r\n0\r\nX-Sum: 42\r\n\r\n", await client.Connection.ReadUntilAsync("0\r\nX-Sum: 42\r\n\r\n").InTime());
    }

    private Task<Proxy> StartAsync(ClusterSnapshot snapshot)
        => Proxy.StartAsync(snapshot, services: services => services.AddSingleton<IIngressRequestObserver>(_records));

    private sealed class Records : IIngressRequestObserver
    {
        private readonly Channel<IngressRequestRecord> _all = Channel.CreateUnbounded<IngressRequestRecord>();

        public void OnCompleted(HttpContext context, IngressRequestRecord record) => _all.Writer.TryWrite(record);

        public async Task<IngressRequestRecord> NextAsync() => await _all.Reader.ReadAsync().AsTask().InTime();
    }
}

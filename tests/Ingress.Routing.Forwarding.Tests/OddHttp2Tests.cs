using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>What is refused or odd over HTTP/1.1 is so over HTTP/2, and no error of the server.</summary>
public sealed class OddHttp2Tests
{
    [Theory]
    [InlineData("x-a: b\r\nx-smuggled")]
    [InlineData("x a")]
    [InlineData("x(")]
    [InlineData("x:a")]
    public async Task NameThatIsNoToken_Is400(string name)
        => await AssertRefusedAsync(400, [.. RawHttp2.Request(), (name, "b")]);

    [Fact]
    public async Task ControlCharacter_Is400() => await AssertRefusedAsync(400, [.. RawHttp2.Request(), ("x-a", "\u001B[2J")]);

    [Fact]
    public async Task Coding_Is400() => await AssertRefusedAsync(400, [.. RawHttp2.Request(), ("transfer-encoding", "chunked")]);

    [Theory]
    [InlineData("http", 200)]
    [InlineData("https", 200)]
    [InlineData("ftp", 400)]
    public async Task SchemeOtherThanOfHttp_Is400(string scheme, int expected)
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(backend.Port), web: static web => web.ListenIngressHttp(new IPEndPoint(IPAddress.Loopback, 0)));
        var addresses = proxy.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;

        var response = await RawHttp2.SendAsync(new Uri(addresses.ElementAt(2)).Port, RawHttp2.Request(scheme: scheme));

        Assert.Equal((expected, false), (response.Status, response.WasReset));
    }

    [Fact]
    public async Task Trace_Is405() => await AssertRefusedAsync(405, RawHttp2.Request("TRACE"));

    [Fact]
    public async Task ProtocolOtherThanWebSocket_Is501() => await AssertRefusedAsync(501, [.. RawHttp2.Request("CONNECT"), (":protocol", "connect-udp")]);

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", 502)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 502)]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: wrong\r\n\r\n", 502)]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno", 403)]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n", 302)]
    public async Task WebSocketThatTheBackendDoesNotOpen_IsTheAnswerOr502(string answer, int expected)
    {
        var log = new LogLines();
        await using var backend = new RawBackend(connection => connection.WriteAsync(answer));
        await using var proxy = await StartAsync(backend, log);

        var response = await RawHttp2.SendAsync(
            proxy.Http2.Port, [.. RawHttp2.Request("CONNECT"), (":protocol", "websocket"), ("sec-websocket-version", "13")]);

        Assert.Equal((expected, false), (response.Status, response.WasReset));
        if (expected == 502)
        {
            Assert.StartsWith("Warning Ingress.Routing.Forwarding.RouteForwarder: Status 502 ", Assert.Single(log.Entries), StringComparison.Ordinal);
        }
        else
        {
            Assert.Empty(log.Entries);
        }
    }

    [Fact]
    public async Task ControlCharacterInATrailer_IsABlank()
    {
        var log = new LogLines();
        await using var backend = new RawBackend(connection => connection.WriteAsync(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Sum: a\u0001b\u001B\u007Fc\td\u00FC\r\n\r\n"));
        await using var proxy = await StartAsync(backend, log);

        var response = await RawHttp2.SendAsync(proxy.Http2.Port, RawHttp2.Request());

        Assert.Equal((200, false), (response.Status, response.WasReset));
        Assert.EndsWith("x-sum\u0009a b  c\td\u00FC", response.Fields, StringComparison.Ordinal); // the length, then the value
        Assert.Empty(log.Entries);
    }

    private static async Task AssertRefusedAsync(int expected, (string Name, string Value)[] request)
    {
        var log = new LogLines();
        await using var backend = RawBackend.Answering();
        await using var proxy = await StartAsync(backend, log);

        var response = await RawHttp2.SendAsync(proxy.Http2.Port, request);

        Assert.Equal((expected, false), (response.Status, response.WasReset));
        Assert.Empty(backend.Requests);
        Assert.Empty(log.Entries);
    }

    private static Task<Proxy> StartAsync(RawBackend backend, LogLines log)
        => Proxy.StartAsync(Cluster.Of(backend.Port), services: services => services.AddSingleton<ILoggerProvider>(log));
}

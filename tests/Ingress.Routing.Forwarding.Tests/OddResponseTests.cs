using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>Whatever a backend answers becomes the response, or a 502 whose cause is in the log.</summary>
public sealed class OddResponseTests
{
    [Theory]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n", "204")]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", "204")]
    [InlineData("HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "204")]
    [InlineData("HTTP/1.1 205 Reset Content\r\nContent-Length: 2\r\n\r\nhi", "205")]
    [InlineData("HTTP/1.1 205 Reset Content\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", "205")]
    [InlineData("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\nETag: \"a\"\r\n\r\n", "304 ETag: \"a\"")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nhi", "200 Content-Length: 2 hi")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", "200 hi")]
    [InlineData("HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi", "200 hi")]
    [InlineData("HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nhi", "200 hi")]
    [InlineData("HTTP/1.1 200 S\u00FCper\r\nContent-Length: 2\r\n\r\nhi", "200 hi")]
    [InlineData("HTTP/1.1 200 a\u001B[2Jb\u0001\r\nContent-Length: 2\r\n\r\nhi", "200 hi")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: Chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", "200 hi")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nhi", "200 hi")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhi", "502")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", "502")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: \u000Bchunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n", "502")]
    [InlineData("HTTP/1.1 299 Fine\r\nContent-Length: 2\r\n\r\nhi", "299 hi")]
    [InlineData("HTTP/1.1 999 Denied\r\nContent-Length: 2\r\n\r\nhi", "999 hi")]
    [InlineData("HTTP/1.0 200 OK\r\n\r\nhi", "200 hi")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", "200 hi")]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "200 hi")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "200 hi")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nDate: nonsense\r\nExpires: 0\r\nContent-Type: ;;\r\nServer: a\r\n\r\nhi", "200 Date: nonsense Expires: 0 Content-Type: ;; hi")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "502")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\n\r\n", "502")]
    [InlineData("HTTP/1.1 000 Nothing\r\nContent-Length: 2\r\n\r\nhi", "502")]
    [InlineData("HTTP/1.1 099 Less\r\nContent-Length: 2\r\n\r\nhi", "502")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi", "502")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2, 3\r\n\r\nhi", "502")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nhi", "502")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nhi", "502")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nhi", "502")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nhi", "502")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Bad: a\u0001b\r\n\r\nhi", "502")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Bad: a\u0000b\r\n\r\nhi", "200 X-Bad: a b hi")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX Bad: a\r\n\r\nhi", "502")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n: a\r\n\r\nhi", "502")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nno colon\r\n\r\nhi", "502")]
    [InlineData("HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\nhi", "502")]
    [InlineData("HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", "502")]
    [InlineData("\u001B[2Jgarbage\r\n\r\n", "502")]
    [InlineData("\u0015\u0003\u0003\u0000\u0002\u0002\u0028", "502")]
    [InlineData("", "502")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", "502")]
    public async Task AnyAnswer_IsTheResponseOr502(string answer, string expected)
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync(answer));

        await AssertAsync(backend, "GET", expected);
    }

    [Fact]
    public async Task HugeHeader_Is502()
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync(
            $"HTTP/1.1 200 OK\r\nX-Huge: {new string('x', 2 * 1024 * 1024)}\r\nContent-Length: 2\r\n\r\nhi"));

        await AssertAsync(backend, "GET", "502");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 12345\r\n\r\n", "200 Content-Length: 12345")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "200")]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 7\r\n\r\n", "204")]
    public async Task Head_HasTheLengthAndNoBody(string answer, string expected)
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync(answer));

        await AssertAsync(backend, "HEAD", expected);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    public async Task StatusWithoutBody_HasNoLengthOfABody(int status)
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync($"HTTP/1.1 {status} X\r\nContent-Length: 2\r\n\r\n"));

        var response = await AssertAsync(backend, "GET", $"{status}");

        Assert.Equal(status == 304, response.Contains("Content-Length: 2\r\n", StringComparison.Ordinal)); // 304 tells what 200 would have had
        Assert.DoesNotContain("Transfer-Encoding", response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "^HTTP/1.1 502 ")]
    [InlineData(5, "^(HTTP/1.1 200 |$)")] // broken off, perhaps before its head was sent
    public async Task HttpHandlerWithAWrongLength_IsNeverA500(int sent, string expected)
    {
        var log = new LogLines();
        using var handler = new LyingHandler(sent);
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(),
            services: services => services
                .AddSingleton<IServiceTargetProvider>(new FixedTarget(new ServiceTarget { Handler = handler }))
                .AddSingleton<ILoggerProvider>(log));
        using var client = await proxy.ConnectAsync();

        var response = await client.GetAsync("/");

        Assert.Matches(expected, response);
        // The client hears of the end before the log does.
        await Eventually.Holds(() => log.Entries.Any(static entry => entry.Contains("less content than its Content-Length", StringComparison.Ordinal)), "the entry");
        Assert.DoesNotContain(log.Entries, static entry => entry.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Http2ResponseWithoutContent_Passes()
    {
        var log = new LogLines();
        await using var backend = await Backend.StartAsync(
            context =>
            {
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                context.Response.Headers["X-Kept"] = "yes";
                return Task.CompletedTask;
            },
            HttpProtocols.Http2);
        await using var proxy = await Proxy.StartAsync(Cluster.Of("h2c", backend.Port), services: services => services.AddSingleton<ILoggerProvider>(log));

        using var response = await proxy.Client.GetAsync("/").InTime();

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("yes", response.Headers.GetValues("X-Kept").Single());
        Assert.Empty(log.Entries);
    }

    private static async Task<string> AssertAsync(RawBackend backend, string method, string expected)
    {
        var log = new LogLines();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port), services: services => services.AddSingleton<ILoggerProvider>(log));
        using var client = await proxy.ConnectAsync();

        await client.Connection.WriteAsync($"{method} / HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n");
        var (response, _) = await client.Connection.ReadToEndAsync().InTime();

        Assert.StartsWith($"HTTP/1.1 {expected[..3]} ", response, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001B', response);
        if (expected.StartsWith("502", StringComparison.Ordinal))
        {
            var entry = Assert.Single(log.Entries);
            Assert.StartsWith("Warning Ingress.Routing.Forwarding.RouteForwarder: Status 502 for request ", entry, StringComparison.Ordinal);
            Assert.DoesNotContain(entry, char.IsControl);
            return response;
        }

        Assert.Empty(log.Entries);
        var rest = expected[3..].Trim();
        if (rest.EndsWith("hi", StringComparison.Ordinal))
        {
            Assert.Contains("hi", response[response.IndexOf("\r\n\r\n", StringComparison.Ordinal)..], StringComparison.Ordinal);
            rest = rest[..^2].Trim();
        }
        else
        {
            Assert.EndsWith("\r\n\r\n", response, StringComparison.Ordinal);
        }

        Assert.All(
            System.Text.RegularExpressions.Regex.Split(rest, " (?=[A-Z][A-Za-z-]*: )").Where(static line => line.Length > 0),
            line => Assert.Contains($"{line}\r\n", response, StringComparison.Ordinal));
        return response;
    }

    private sealed class FixedTarget(ServiceTarget target) : IServiceTargetProvider
    {
        public ServiceTarget? FindTarget(ServiceDestinations destinations) => target;
    }

    private sealed class LyingHandler(int sent) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new ByteArrayContent(new byte[sent]);
            content.Headers.ContentLength = 10;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = content });
        }
    }
}

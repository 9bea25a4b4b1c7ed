using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>Header values are bytes, and pass as such in both directions. One character is one byte here (Latin-1).</summary>
public sealed class HeaderBytesTests
{
    private static readonly string s_utf8 = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("José Müller 日本"));

    public static TheoryData<string> Values => [s_utf8, "Jos\u00E9", "\u0080\u009F\u00FF", "a\tb", "", "plain"];

    [Theory]
    [MemberData(nameof(Values))]
    public async Task RequestValue_PassesByteForByte(string value)
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        var response = await client.GetAsync("/", "shop.test", $"Cookie: name={value}", $"X-Value: {value}");

        Assert.StartsWith("HTTP/1.1 200 ", response, StringComparison.Ordinal);
        var head = Assert.Single(backend.Requests);
        Assert.Contains($"Cookie: name={value}\r\n", head, StringComparison.Ordinal);
        Assert.Contains($"X-Value: {value}\r\n", head, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task ResponseValue_PassesByteForByte(string value)
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync(
            $"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Disposition: attachment; filename=\"{value}\"\r\nX-Value: {value}\r\nConnection: close\r\n\r\n"));
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        var response = await client.GetAsync("/");

        Assert.StartsWith("HTTP/1.1 200 ", response, StringComparison.Ordinal);
        Assert.Contains($"Content-Disposition: attachment; filename=\"{value}\"\r\n", response, StringComparison.Ordinal);
        Assert.Contains($"X-Value: {value}\r\n", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trailer_PassesByteForByte()
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync(
            $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\nConnection: close\r\n\r\n1\r\na\r\n0\r\nX-Sum: {s_utf8}\r\n\r\n"));
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        var response = await client.GetAsync("/");

        Assert.EndsWith($"0\r\nX-Sum: {s_utf8}\r\n\r\n", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ControlCharacterInATrailer_IsABlank()
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\nConnection: close\r\n\r\n1\r\na\r\n0\r\nX-Sum: a\u0001b\u001B\u007Fc\td\r\n\r\n"));
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        Assert.EndsWith("0\r\nX-Sum: a b  c\td\r\n\r\n", await client.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http2BothWays_PassesByteForByte()
    {
        await using var backend = await Backend.StartAsync(
            app => app.Run(context =>
            {
                context.Response.Headers["X-Seen"] = context.Request.Headers["X-Value"];
                context.Response.AppendTrailer("X-Sum", context.Request.Headers["X-Value"]);
                return Task.CompletedTask;
            }),
            listen => listen.Protocols = HttpProtocols.Http2,
            services => services.Configure<KestrelServerOptions>(kestrel =>
            {
                kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
                kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
            }));
        await using var proxy = await Proxy.StartAsync(Cluster.Of("h2c", backend.Port));
        using var client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, proxy.Http2)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TryAddWithoutValidation("X-Value", s_utf8);

        using var response = await client.SendAsync(request, CancellationToken.None).InTime();
        await response.Content.ReadAsByteArrayAsync();

        Assert.Equal(s_utf8, response.Headers.GetValues("X-Seen").Single());
        Assert.Equal(s_utf8, response.TrailingHeaders.GetValues("X-Sum").Single());
    }

    [Fact]
    public async Task ApplicationThatChoseAnEncoding_KeepsIt()
    {
        Func<string, Encoding?> chosen = static _ => Encoding.UTF8;
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(), services: services => services.Configure<KestrelServerOptions>(kestrel => kestrel.RequestHeaderEncodingSelector = chosen));

        Assert.Same(chosen, proxy.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<KestrelServerOptions>>().Value.RequestHeaderEncodingSelector);
    }
}

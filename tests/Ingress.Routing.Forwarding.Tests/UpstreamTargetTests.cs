using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>What was matched is what is sent, byte for byte (D10).</summary>
public sealed class UpstreamTargetTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a/b/", "/a/b/")]
    [InlineData("/a%2Fb", "/a%2Fb")]
    [InlineData("/a%2fb", "/a%2Fb")]
    [InlineData("/a%252Fb", "/a%252Fb")]
    [InlineData("/a%25b", "/a%25b")]
    [InlineData("/%41%7e", "/A~")]
    [InlineData("/caf%c3%a9", "/caf%C3%A9")]
    [InlineData("/a|b", "/a%7Cb")]
    [InlineData("/a%3Bb", "/a%3Bb")]
    [InlineData("/a;b=1", "/a;b=1")]
    [InlineData("/a%20b+c", "/a%20b+c")]
    [InlineData("/a\\b", "/a%5Cb")]
    [InlineData("/a%5cb", "/a%5Cb")]
    [InlineData("/a%23b%3Fc", "/a%23b%3Fc")]
    [InlineData("/a//b", "/a/b")]
    [InlineData("/x/%2e%2e/y", "/y")]
    [InlineData("/x/../../y", "/y")]
    [InlineData("/a/%252e%252e/b", "/a/%252e%252e/b")]
    [InlineData("/a/..%2fb", "/a/..%2Fb")]
    [InlineData("/a/...", "/a/...")]
    [InlineData("/a%FFb", "/a%FFb")]
    [InlineData("/!$&'()*+,;=:@", "/!$&'()*+,;=:@")]
    [InlineData("/?", "/?")]
    [InlineData("/a?", "/a?")]
    [InlineData("/a?b?c", "/a?b?c")]
    [InlineData("/a?x=%2f%2F&y=%zz", "/a?x=%2f%2F&y=%zz")]
    [InlineData("/a?../b", "/a?../b")]
    [InlineData("/a?x=a|b^c`d{e}\"f<g>h\\i[j]", "/a?x=a|b^c`d{e}\"f<g>h\\i[j]")]
    [InlineData("/a?x#y", "/a?x#y")]
    [InlineData("/a?http://other.test/", "/a?http://other.test/")]
    [InlineData("/@other.test/", "/@other.test/")]
    [InlineData("http://shop.test/a%2Fb?c", "/a%2Fb?c")]
    [InlineData("http://shop.test", "/")]
    [InlineData("http://shop.test?c", "/?c")]
    public async Task Target_IsForwardedAsMatched(string target, string expected)
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        var response = await client.GetAsync(target);

        Assert.StartsWith("HTTP/1.1 200 ", response, StringComparison.Ordinal);
        Assert.Equal(expected, TargetOf(Assert.Single(backend.Requests)));
    }

    [Theory]
    [InlineData("//a", "//a")]
    [InlineData("/a//b//", "/a//b//")]
    [InlineData("//other.test/a", "//other.test/a")]
    public async Task Target_WithSlashesKept_IsForwardedAsMatched(string target, string expected)
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port), options: new() { KeepSlashes = true });
        using var client = await proxy.ConnectAsync();

        await client.GetAsync(target);

        Assert.Equal(expected, TargetOf(Assert.Single(backend.Requests)));
    }

    [Fact]
    public async Task Query_OfSevenThousandCharacters_IsForwarded()
    {
        var target = "/a?" + new string('q', 7_000);
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        await client.GetAsync(target);

        Assert.Equal(target, TargetOf(Assert.Single(backend.Requests)));
    }

    [Theory]
    [InlineData("/a?b\tc")]
    [InlineData("/a?b\tHTTP/1.1")]
    [InlineData("/a?b\u007F")]
    [InlineData("/a?b\u0001")]
    [InlineData("/a?b\u00E9")]
    public async Task Query_WithCharactersThatNoServerReadsAlike_IsRefused(string target)
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = await proxy.ConnectAsync();

        var response = await client.GetAsync(target);

        Assert.StartsWith("HTTP/1.1 400 ", response, StringComparison.Ordinal);
        Assert.Empty(backend.Requests);
    }

    [Theory]
    [InlineData("/a%2Fb|c?x=%2f|y", "/a%2Fb%7Cc?x=%2f|y")]
    [InlineData("/x/%2e%2e/y?", "/y?")]
    public async Task Target_OverHttp2_IsForwardedAsMatched(string target, string expected)
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(Cluster.Of(backend.Port));
        using var client = proxy.CreateHttp2Client();
        var asIs = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };

        using var response = await client.GetAsync(new Uri(proxy.Http2.GetLeftPart(UriPartial.Authority) + target, asIs));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, TargetOf(Assert.Single(backend.Requests)));
    }

    [Fact]
    public async Task Target_ToHttp2Backend_IsForwardedAsMatched()
    {
        string? received = null;
        await using var backend = await Backend.StartAsync(
            context =>
            {
                received = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
                return Task.CompletedTask;
            },
            HttpProtocols.Http2);
        await using var proxy = await Proxy.StartAsync(Cluster.Of("kubernetes.io/h2c", backend.Port));
        using var client = await proxy.ConnectAsync();

        await client.GetAsync("/a%2fb|c?x=%2f|y");

        Assert.Equal("/a%2Fb%7Cc?x=%2f|y", received);
    }

    private static string TargetOf(string request) => request.Split(' ')[1];
}

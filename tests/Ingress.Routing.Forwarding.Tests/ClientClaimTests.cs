using Ingress.Routing.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>What a client says about itself does not reach a backend, unless a trusted proxy says it.</summary>
public sealed class ClientClaimTests
{
    [Theory]
    [InlineData("X-Real-IP")]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Forwarded-Port")]
    [InlineData("X-Forwarded-Scheme")]
    [InlineData("X-Forwarded-Server")]
    [InlineData("X-Forwarded-Prefix")]
    [InlineData("X-Forwarded-Anything")]
    [InlineData("X-Forwarded-Client-Cert")]
    [InlineData("Forwarded")]
    [InlineData("X-Scheme")]
    [InlineData("X-Original-Forwarded-For")]
    [InlineData("X-Original-URL")]
    [InlineData("X-Original-Host")]
    [InlineData("X-Rewrite-URL")]
    [InlineData("X-Client-IP")]
    [InlineData("True-Client-IP")]
    [InlineData("CF-Connecting-IP")]
    [InlineData("X-SSL-Client-Verify")]
    [InlineData("ssl-client-cert")]
    [InlineData("Client-Cert")]
    [InlineData("X-Client-Cert-Verify")]
    [InlineData("X-ARR-ClientCert")]
    [InlineData("Front-End-Https")]
    [InlineData("Proxy")]
    [InlineData("X_Forwarded_For")]
    [InlineData("x.forwarded.for")]
    [InlineData("X-Forwarded_For")]
    [InlineData("X~Real~IP")]
    [InlineData("X_Real_IP")]
    [InlineData("Content_Length")]
    [InlineData("Transfer.Encoding")]
    [InlineData("CDN_Loop")]
    public async Task Claim_IsRemoved(string name)
    {
        var head = await ForwardAsync(null, $"{name}: spoofed", $"{name}: spoofed");

        Assert.DoesNotContain("spoofed", head, StringComparison.Ordinal);
        Assert.Contains("X-Forwarded-For: 127.0.0.1\r\n", head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Real")]
    [InlineData("X_Request_Id")]
    [InlineData("X.Custom")]
    [InlineData("X-Forwarder")]
    [InlineData("X-Requested-With")]
    [InlineData("X-Scheme-Name")]
    [InlineData("Client-Id")]
    [InlineData("Proxy-Status")]
    [InlineData("X-HTTP-Method-Override")]
    public async Task OtherHeader_Passes(string name)
        => Assert.Contains($"{name}: kept\r\n", await ForwardAsync(null, $"{name}: kept"), StringComparison.Ordinal);

    [Theory]
    [InlineData("X-Real-IP")]
    [InlineData("X_Forwarded_For")]
    [InlineData("Proxy-Client-IP")]
    public async Task PassedHeader_PassesAsItIs(string name)
        => Assert.Contains(
            $"{name}: kept\r\n",
            await ForwardAsync(options => options.PassedHeaders.Add(name.ToUpperInvariant()), $"{name}: kept"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("6.6.6.6, 203.0.113.7", "203.0.113.7")]
    [InlineData("6.6.6.6, 203.0.113.7, 10.1.2.3", "203.0.113.7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("nonsense", "127.0.0.1")]
    public async Task TrustedProxy_SaysWhoTheClientIs(string chain, string client)
    {
        var head = await ForwardAsync(
            TrustLoopback,
            $"X-Forwarded-For: {chain}",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: public.test",
            "X-Forwarded-Port: 8443",
            "X-Real-IP: 203.0.113.7",
            "X_Real_IP: spoofed",
            "X-Client-Cert-Verify: spoofed",
            "Proxy: spoofed");

        Assert.Contains($"X-Forwarded-For: {client}\r\n", head, StringComparison.Ordinal);
        Assert.Equal(client != "127.0.0.1", head.Contains("X-Forwarded-Proto: https\r\n", StringComparison.Ordinal));
        Assert.Contains("X-Forwarded-Host: public.test\r\n", head, StringComparison.Ordinal);
        Assert.Contains("Host: shop.test\r\n", head, StringComparison.Ordinal);
        Assert.Contains("X-Forwarded-Port: 8443\r\n", head, StringComparison.Ordinal);
        Assert.Contains("X-Real-IP: 203.0.113.7\r\n", head, StringComparison.Ordinal);
        Assert.DoesNotContain("spoofed", head, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Original", head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task ProxyOfAnotherNetwork_IsNotBelieved()
    {
        var head = await ForwardAsync(
            options => options.TrustedProxies.Add("10.0.0.0/8"), "X-Forwarded-For: 10.0.0.1", "X-Forwarded-Proto: https", "X-Real-IP: 10.0.0.1");

        Assert.Contains("X-Forwarded-For: 127.0.0.1\r\n", head, StringComparison.Ordinal);
        Assert.Contains("X-Forwarded-Proto: http\r\n", head, StringComparison.Ordinal);
        Assert.DoesNotContain("10.0.0.1", head, StringComparison.Ordinal);
    }

    private static void TrustLoopback(IngressRoutingOptions options)
    {
        options.TrustedProxies.Add("127.0.0.0/8");
        options.TrustedProxies.Add("10.1.2.3");
    }

    private static async Task<string> ForwardAsync(Action<IngressRoutingOptions>? configure, params string[] headers)
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(backend.Port), services: services => services.Configure<IngressRoutingOptions>(options => configure?.Invoke(options)));
        using var client = await proxy.ConnectAsync();

        Assert.StartsWith("HTTP/1.1 200 ", await client.GetAsync("/", "shop.test", headers), StringComparison.Ordinal);
        return Assert.Single(backend.Requests);
    }
}

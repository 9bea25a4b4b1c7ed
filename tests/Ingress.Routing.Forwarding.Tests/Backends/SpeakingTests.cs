using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ingress.Routing.Forwarding.Tests.Backends;

/// <summary>What is spoken with a backend, what it is told, and what is changed in its answers.</summary>
public sealed class SpeakingTests
{
    [Theory]
    [InlineData("http", null, HttpProtocols.Http1, false, "200 http HTTP/1.1")]
    [InlineData("http", "https", HttpProtocols.Http1, false, "200 http HTTP/1.1")]
    [InlineData("http", "grpc", HttpProtocols.Http1, false, "200 http HTTP/1.1")]
    [InlineData("grpc", null, HttpProtocols.Http2, false, "200 http HTTP/2")]
    [InlineData("https", null, HttpProtocols.Http1AndHttp2, true, "200 https HTTP/2")]
    [InlineData("https", "h2c", HttpProtocols.Http1, true, "200 https HTTP/1.1")]
    [InlineData("grpcs", null, HttpProtocols.Http1AndHttp2, true, "200 https HTTP/2")]
    [InlineData("auto", "https", HttpProtocols.Http1, false, "200 http HTTP/1.1")]
    public async Task Protocol_IsThatOfThePolicy_WhateverThePortSays(string protocol, string? appProtocol, HttpProtocols spoken, bool isTls, string expected)
    {
        await using var backend = await StartAsync(spoken, isTls);
        var snapshot = Site.Of([backend.Port], ("backend-protocol", protocol), ("backend-tls-verify", "false"));
        await using var proxy = await Proxy.StartAsync(snapshot with { Services = [Some.Service("t/web", appProtocol: appProtocol)] });

        Assert.Equal(expected, await proxy.GetAsync());
    }

    [Fact]
    public async Task Protocol_WrongText_ClosesTheRoute()
    {
        await using var backend = await Backend.StartAsync("a");
        await using var proxy = await Site.StartAsync([backend.Port], ("backend-protocol", "htps"));

        Assert.StartsWith("503", await proxy.GetAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServiceWithTwoProtocols_IsSpokenToInBoth()
    {
        await using var backend = await Backend.StartAsync(
            static app => app.Run(static context => context.Response.WriteAsync(context.Request.Protocol)), static listen => listen.Protocols = HttpProtocols.Http2);
        await using var proxy = await Proxy.StartAsync(new ClusterSnapshot
        {
            Ingresses =
            [
                Some.Ingress("t/grpc", [Some.Rule("grpc.test", Some.Prefix("/"))], annotations: new Dictionary<string, string> { ["ingress.routing/backend-protocol"] = "grpc" }),
                Some.Ingress("t/plain", [Some.Rule("plain.test", Some.Prefix("/"))]),
            ],
            Services = [Some.Service("t/web")],
            EndpointSlices = [Cluster.Slice("t/web", backend.Port)],
        });

        Assert.Equal("200 HTTP/2", await SendAsync(proxy, "grpc.test"));
        Assert.StartsWith("400 An HTTP/1.x request", await SendAsync(proxy, "plain.test"), StringComparison.Ordinal);
        Assert.Equal("200 HTTP/2", await SendAsync(proxy, "grpc.test"));
    }

    [Fact]
    public async Task Tls_VerifiesWithTheAuthoritiesOfTheSecret_AndTheNameOfThePolicy()
    {
        var certificate = TestCertificates.Secret("web", "pod.internal");
        await using var backend = await StartAsync(HttpProtocols.Http1, true, certificate);
        (string, string)[] annotations = [("backend-protocol", "https"), ("backend-tls-secret", "trust"), ("backend-tls-name", "pod.internal")];
        await using var proxy = await Proxy.StartAsync(With(Site.Of([backend.Port], annotations), certificate.CertificatePem!));
        Assert.Equal("200 https HTTP/1.1 pod.internal", await proxy.GetAsync("/app?name"));

        proxy.Publish(With(Site.Of([backend.Port], annotations), TestCertificates.Secret("other", "other.internal").CertificatePem!));
        Assert.StartsWith("502", await proxy.GetAsync(), StringComparison.Ordinal);

        proxy.Publish(With(Site.Of([backend.Port], [.. annotations[..2], ("backend-tls-name", "other.internal")]), certificate.CertificatePem!));
        Assert.StartsWith("502", await proxy.GetAsync(), StringComparison.Ordinal);

        proxy.Publish(Site.Of([backend.Port], annotations));
        Assert.StartsWith("503", await proxy.GetAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_WithoutVerification_IsServed_AndWithItNot()
    {
        await using var backend = await StartAsync(HttpProtocols.Http1, true);
        await using var proxy = await Site.StartAsync([backend.Port], ("backend-protocol", "https"), ("backend-tls-verify", "false"));
        Assert.StartsWith("200", await proxy.GetAsync(), StringComparison.Ordinal);

        proxy.Publish(Site.Of([backend.Port], ("backend-protocol", "https")));
        Assert.StartsWith("502", await proxy.GetAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backend-tls-name", "pod.internal")]
    [InlineData("backend-tls-depth", "2")]
    public async Task Tls_CarriesWebSockets(string name, string text)
    {
        await using var backend = await Backend.StartAsync(
            static app =>
            {
                app.UseWebSockets();
                app.Run(static async context =>
                {
                    using var socket = await context.WebSockets.AcceptWebSocketAsync();
                    await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
                    await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                });
            },
            static listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(CertificateOf(TestCertificates.Secret("web", "pod.internal")));
            });
        await using var proxy = await Site.StartAsync([backend.Port], ("backend-protocol", "https"), ("backend-tls-verify", "false"), (name, text));
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", "shop.test");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{proxy.Http1.Port}/app"), CancellationToken.None).InTime();

        var buffer = new byte[16];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None).InTime();

        Assert.Equal("hello", System.Text.Encoding.UTF8.GetString(buffer, 0, received.Count));
    }

    [Fact]
    public async Task Tls_ShowsTheClientCertificateOfTheSecret()
    {
        var client = TestCertificates.Secret("t/trust", "gateway.internal");
        await using var backend = await Backend.StartAsync(
            static app => app.Run(static context => context.Response.WriteAsync(context.Connection.ClientCertificate?.GetNameInfo(X509NameType.DnsName, false) ?? "none")),
            static listen => listen.UseHttps(CertificateOf(TestCertificates.Secret("web", "shop.test")), static https =>
            {
                https.ClientCertificateMode = Microsoft.AspNetCore.Server.Kestrel.Https.ClientCertificateMode.RequireCertificate;
                https.AllowAnyClientCertificate();
            }));
        (string, string)[] annotations = [("backend-protocol", "https"), ("backend-tls-secret", "trust"), ("backend-tls-verify", "false")];
        await using var proxy = await Proxy.StartAsync(Site.Of([backend.Port], annotations) with { Secrets = [client] });

        Assert.Equal("200 gateway.internal", await proxy.GetAsync());
    }

    [Fact]
    public async Task Host_IsThatOfThePolicy_AndTheOriginalIsForwarded()
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Site.StartAsync([backend.Port], ("backend-host", "${header:X-Shard}.internal:8080"));
        using var client = await proxy.ConnectAsync();

        await client.GetAsync("/app", "shop.test", "X-Shard: s1");

        var lines = Assert.Single(backend.Requests).Split("\r\n");
        Assert.Equal("Host: s1.internal:8080", Assert.Single(lines, line => line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase)));
        Assert.Contains("X-Forwarded-Host: shop.test", lines);
    }

    [Fact]
    public async Task Version10_AndClose_AreSaid()
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Site.StartAsync([backend.Port], ("backend-http-version", "1.0"), ("backend-connection", "close"));
        using var client = await proxy.ConnectAsync();

        await client.GetAsync("/app?x");

        var lines = Assert.Single(backend.Requests).Split("\r\n");
        Assert.Equal("GET /app?x HTTP/1.0", lines[0]);
        Assert.Contains("Connection: close", lines);
    }

    [Theory]
    [InlineData(900, 200)]
    [InlineData(1100, 502)]
    public async Task ResponseHeaders_OverTheLimit_Are502(int length, int expected)
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync(
            $"HTTP/1.1 200 OK\r\nX-Long: {new string('x', length)}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        await using var proxy = await Site.StartAsync([backend.Port], ("response-header-limit", "1024"));

        Assert.Equal(expected, await proxy.StatusAsync());
    }

    [Theory]
    [InlineData(null, 502)]
    [InlineData("131072", 200)]
    public async Task ResponseHeaders_OverTheUsualLimit_AreTakenWherePolicySaysSo(string? limit, int expected)
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync(
            $"HTTP/1.1 200 OK\r\nX-Long: {new string('x', 100_000)}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        await using var proxy = limit is null
            ? await Site.StartAsync([backend.Port])
            : await Site.StartAsync([backend.Port], ("response-header-limit", limit));
        using var client = await proxy.ConnectAsync();

        Assert.StartsWith($"HTTP/1.1 {expected} ", await client.GetAsync("/app"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForwardedHeaders_TellAboutTheRequest_AndUnusualNamesAreGone()
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Site.StartAsync([backend.Port], ("forwarded-headers", "extended"));
        using var client = await proxy.ConnectAsync();

        await client.GetAsync(
            "/app", "shop.test", "X-Request-ID: r1", "X-Forwarded-For: 9.9.9.9", "X-Forwarded-Host: evil.test", "X-Real-IP: 8.8.8.8", "X_User: root", "X.User: root", "Proxy: evil");

        var lines = Assert.Single(backend.Requests).Split("\r\n");
        foreach (var line in new[]
        {
            "X-Request-ID: r1", "X-Real-IP: 127.0.0.1", "X-Scheme: http", "X-Forwarded-Scheme: http", "X-Forwarded-Port: 80", "X-Forwarded-Proto: http",
            "X-Forwarded-For: 127.0.0.1", "X-Original-Forwarded-For: 9.9.9.9", "X-Original-Forwarded-Host: evil.test", "X-Forwarded-Host: shop.test",
        })
        {
            Assert.Contains(line, lines);
        }

        Assert.DoesNotContain(lines, line => line.Contains("User", StringComparison.Ordinal) || line.StartsWith("Proxy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ForwardedHeaders_WithoutAnId_InventOne()
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Site.StartAsync([backend.Port], ("forwarded-headers", "extended"));
        using var client = await proxy.ConnectAsync();

        await client.GetAsync("/app");

        Assert.Matches("\r\nX-Request-ID: [^\r]+\r\n", Assert.Single(backend.Requests));
    }

    [Theory]
    [InlineData("cookie-domain-rewrite", "internal.test shop.test", "Set-Cookie: a=b; domain=.Internal.test; Path=/x", "Set-Cookie: a=b; domain=.shop.test; Path=/x")]
    [InlineData("cookie-domain-rewrite", "internal.test shop.test", "Set-Cookie: a=b; Domain=other.test", "Set-Cookie: a=b; Domain=other.test")]
    [InlineData("cookie-domain-rewrite", "internal.test ${host}", "Set-Cookie: a=b; Domain=internal.test", "Set-Cookie: a=b; Domain=shop.test")]
    [InlineData("cookie-path-rewrite", "/internal/ /", "Set-Cookie: a=b; Path=/internal/x; Secure", "Set-Cookie: a=b; Path=/x; Secure")]
    [InlineData("cookie-path-rewrite", "/internal/ /", "Set-Cookie: path=/internal/; Path=/other", "Set-Cookie: path=/internal/; Path=/other")]
    [InlineData("location-rewrite", "http://internal.test/ /", "Location: http://internal.test/x?y", "Location: http://shop.test/x?y")]
    [InlineData("location-rewrite", "http://internal.test/ https://shop.test/app/", "Location: http://internal.test/x", "Location: https://shop.test/app/x")]
    [InlineData("location-rewrite", "http://internal.test/ /", "Location: http://other.test/x", "Location: http://other.test/x")]
    [InlineData("location-rewrite", "/old/ /new/", "Location: /old/x", "Location: http://shop.test/new/x")]
    [InlineData("location-rewrite", "/old/ /new/", "Refresh: 5; url=/old/x", "Refresh: 5; url=/new/x")]
    public async Task Addresses_AreChanged(string name, string text, string sent, string received)
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync($"HTTP/1.1 302 Found\r\n{sent}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        await using var proxy = await Site.StartAsync([backend.Port], (name, text));
        using var client = await proxy.ConnectAsync();

        Assert.Contains($"\r\n{received}\r\n", await client.GetAsync("/app"), StringComparison.Ordinal);
    }

    private static ClusterSnapshot With(ClusterSnapshot snapshot, string authorities)
        => snapshot with { Secrets = [new() { Metadata = new() { Namespace = "t", Name = "trust" }, AuthoritiesPem = authorities }] };

    private static Task<Backend> StartAsync(HttpProtocols protocols, bool isTls, SecretResource? certificate = null) => Backend.StartAsync(
        static app => app.Run(static context => context.Response.WriteAsync(
            $"{context.Request.Scheme} {context.Request.Protocol}"
                + (context.Request.QueryString.HasValue ? " " + context.Features.Get<Microsoft.AspNetCore.Connections.Features.ITlsHandshakeFeature>()?.HostName : ""))),
        listen =>
        {
            listen.Protocols = protocols;
            if (isTls)
            {
                var chosen = CertificateOf(certificate ?? TestCertificates.Secret("web", "shop.test"));
                listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => chosen); // so that the name is read
            }
        });

    private static X509Certificate2 CertificateOf(SecretResource secret) => X509Certificate2.CreateFromPem(secret.CertificatePem!, secret.KeyPem!);

    private static async Task<string> SendAsync(Proxy proxy, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = host } };
        using var response = await proxy.Client.SendAsync(request).InTime();
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }
}

using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>What policies make of a request reaches the backend byte for byte.</summary>
public sealed class PolicyTests
{
    [Theory]
    [InlineData("rewrite-prefix", "/v2", "/api/items%2F1?x=%2f", "/v2/items%2F1?x=%2f")]
    [InlineData("rewrite-prefix", "/v2/", "/api/", "/v2/")]
    [InlineData("rewrite-prefix", "/v2", "/api", "/v2")]
    [InlineData("rewrite-prefix", "/", "/api/..%2Fa", "/..%2Fa")]
    [InlineData("strip-prefix", "true", "/api/a%20b?c", "/a%20b?c")]
    [InlineData("strip-prefix", "true", "/api", "/")]
    [InlineData("strip-prefix", "true", "/api?x", "/?x")]
    [InlineData("strip-prefix", "false", "/api/a", "/api/a")]
    [InlineData("rewrite-target", "/all${path}?host=${host}", "/api/a", "/all/api/a?host=shop.test")]
    [InlineData("rewrite-target", "/all?from=${path}", "/api/a&b%23", "/all?from=/api/a%26b%23")]
    public async Task Target_IsTheDocumentedOne(string name, string text, string target, string forwarded)
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(Snapshot(backend.Port, (name, text)));
        using var client = await proxy.ConnectAsync();

        Assert.StartsWith("HTTP/1.1 200 ", await client.GetAsync(target), StringComparison.Ordinal);

        Assert.Equal(forwarded, Assert.Single(backend.Requests).Split(' ')[1]);
    }

    [Theory]
    [InlineData("/api/items/42", "/i?id=42&raw")]
    [InlineData("/api/items/42?y", "/i?id=42&raw")]
    [InlineData("/api/other?y", "/api/other?y")]
    public async Task Pattern_DecidesWhatIsRewritten(string target, string forwarded)
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(
            Snapshot(backend.Port, ("rewrite-pattern", "/api/items/([0-9]+)$"), ("rewrite-target", "/i?id=$1&raw")));
        using var client = await proxy.ConnectAsync();

        await client.GetAsync(target);

        Assert.Equal(forwarded, Assert.Single(backend.Requests).Split(' ')[1]);
    }

    [Theory]
    [InlineData("true", "X-Forwarded-Prefix: /api")]
    [InlineData("false", null)]
    public async Task ForwardedPrefix_IsOurs_AndNeverTheClients(string strip, string? header)
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(Snapshot(backend.Port, ("strip-prefix", strip)));
        using var client = await proxy.ConnectAsync();

        await client.GetAsync("/api/a", "shop.test", "X-Forwarded-Prefix: /evil", "x-forwarded-prefix: /evil", "X_Forwarded_Prefix: /evil");

        var head = Assert.Single(backend.Requests);
        var lines = head.Split("\r\n").Where(line => line.Contains("forwarded", StringComparison.OrdinalIgnoreCase) && line.Contains("prefix", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(header is null ? [] : [header], lines);
    }

    [Fact]
    public async Task RequestHeaders_ReachTheBackend_WithTheirOldOnesGone()
    {
        await using var backend = RawBackend.Answering();
        await using var proxy = await Proxy.StartAsync(Snapshot(
            backend.Port, ("request-headers-set", "Authorization: Basic abc\nX-Path: ${path}"), ("request-headers-remove", "Cookie")));
        using var client = await proxy.ConnectAsync();

        await client.GetAsync("/api/a", "shop.test", "Authorization: Bearer evil", "Cookie: a=b", "X-Path: /evil");

        var head = Assert.Single(backend.Requests);
        Assert.Contains("\r\nAuthorization: Basic abc\r\n", head, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Path: /api/a\r\n", head, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Cookie", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResponseHeaders_ReplaceThoseOfTheBackend_AlsoWhereItDoesNotAnswer()
    {
        await using var backend = new RawBackend(connection => connection.WriteAsync(
            "HTTP/1.1 200 OK\r\nX-Frame-Options: ALLOWALL\r\nX-Powered-By: it\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        (string, string)[] annotations = [("response-headers-set", "X-Frame-Options: DENY"), ("response-headers-remove", "X-Powered-By")];
        await using var proxy = await Proxy.StartAsync(Snapshot(backend.Port, annotations));
        using var first = await proxy.ConnectAsync();
        using var second = await proxy.ConnectAsync();

        var answered = await first.GetAsync("/api");
        proxy.Publish(Snapshot(null, annotations));
        var unanswered = await second.GetAsync("/api");

        Assert.Contains("\r\nX-Frame-Options: DENY\r\n", answered, StringComparison.Ordinal);
        Assert.DoesNotContain("ALLOWALL", answered, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Powered-By", answered, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 503 ", unanswered, StringComparison.Ordinal);
        Assert.Contains("\r\nX-Frame-Options: DENY\r\n", unanswered, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WebSocket_PassesThroughPolicies_AndCountsWhileItIsOpen()
    {
        await using var backend = await Backend.StartAsync(
            app =>
            {
                app.UseWebSockets();
                app.Run(static async context =>
                {
                    using var socket = await context.WebSockets.AcceptWebSocketAsync();
                    var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
                    await socket.SendAsync(
                        System.Text.Encoding.UTF8.GetBytes($"{target} {context.Request.Headers["X-Team"]}"), WebSocketMessageType.Text, true, context.RequestAborted);
                    await socket.ReceiveAsync(new byte[16], context.RequestAborted);
                    await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", context.RequestAborted);
                });
            },
            listen => listen.Protocols = HttpProtocols.Http1);
        await using var proxy = await Proxy.StartAsync(Snapshot(
            backend.Port,
            ("strip-prefix", "true"),
            ("request-headers-set", "X-Team: shop"),
            ("response-headers-set", "X-Frame-Options: DENY"),
            ("concurrency-limit", "1"),
            ("rate-limit", "100/s")));
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Host", "shop.test");
        using var other = await proxy.ConnectAsync();

        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{proxy.Http1.Port}/api/chat?x"), CancellationToken.None).InTime();
        var buffer = new byte[64];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None).InTime();
        var refused = await other.GetAsync("/api");
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None).InTime();

        Assert.Equal("/chat?x shop", System.Text.Encoding.UTF8.GetString(buffer, 0, received.Count));
        Assert.Equal(["DENY"], socket.HttpResponseHeaders!["X-Frame-Options"]);
        Assert.StartsWith("HTTP/1.1 503 ", refused, StringComparison.Ordinal);
    }

    private static ClusterSnapshot Snapshot(int? port, params (string Name, string Text)[] annotations) => new()
    {
        Ingresses =
        [
            Some.Ingress(
                "t/i",
                [Some.Rule("shop.test", Some.Prefix("/api"))],
                annotations: annotations.ToDictionary(pair => $"ingress.routing/{pair.Name}", pair => pair.Text)),
        ],
        Services = [Some.Service("t/web")],
        EndpointSlices = port is { } known ? [Cluster.Slice("t/web", known)] : [],
    };
}

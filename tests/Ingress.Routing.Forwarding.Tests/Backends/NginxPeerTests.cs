namespace Ingress.Routing.Forwarding.Tests.Backends;

/// <summary>The same backends behind a real nginx and behind this gateway: clients must not be able to tell.</summary>
public sealed class NginxPeerTests
{
    [FactWithTool(NginxServer.Tool)]
    public async Task Addresses_AreChangedAsNginxDoes()
    {
        (string Name, string Text, string Directive)[] edits =
        [
            ("cookie-domain-rewrite", "internal.test shop.test", "proxy_cookie_domain internal.test shop.test"),
            ("cookie-path-rewrite", "/internal/ /", "proxy_cookie_path /internal/ /"),
            ("location-rewrite", "http://internal.test/ /", "proxy_redirect http://internal.test/ /"),
            ("location-rewrite", "http://internal.test/in/ https://shop.test/out/", "proxy_redirect http://internal.test/in/ https://shop.test/out/"),
            ("location-rewrite", "/old/ /new/", "proxy_redirect /old/ /new/"),
        ];
        string[] answers =
        [
            "Set-Cookie: a=b; Domain=internal.test; Path=/internal/x",
            "Set-Cookie: a=b; domain=.INTERNAL.test; Path=/internal/; HttpOnly",
            "Set-Cookie: a=b;Domain=internal.test.evil;Path=/internal",
            "Set-Cookie: Domain=internal.test; Path=/internal/",
            "Set-Cookie: a=b; Domain=internal.test\r\nSet-Cookie: c=d; Path=/internal/y; Domain=other.test",
            "Set-Cookie: a=\"x; Domain=internal.test\"; Path=/",
            "Location: http://internal.test/x?y=http://internal.test/",
            "Location: http://internal.test/in/x",
            "Location: http://internal.test",
            "Location: /old/x",
            "Location: /old",
            "Refresh: 5; url=http://internal.test/x",
            "Refresh: 5;URL=/old/x",
        ];
        foreach (var (name, text, directive) in edits)
        {
            var answer = "";
            await using var backend = new RawBackend(connection => connection.WriteAsync($"HTTP/1.1 302 Found\r\n{answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            await using var nginx = await NginxServer.StartAsync(
                $"port_in_redirect off; location / {{ proxy_pass http://127.0.0.1:{backend.Port}; proxy_redirect off; {directive}; }}".Replace(
                    directive.StartsWith("proxy_redirect", StringComparison.Ordinal) ? "proxy_redirect off; " : "\0", "", StringComparison.Ordinal));
            await using var proxy = await Site.StartAsync([backend.Port], (name, text));
            foreach (var sent in answers)
            {
                answer = sent;
                Assert.Equal((directive, sent, await LinesAsync(nginx.Url.Port)), (directive, sent, await LinesAsync(proxy.Http1.Port)));
            }
        }

        static async Task<string> LinesAsync(int port)
        {
            using var client = await RawClient.ConnectAsync(port);
            var lines = (await client.GetAsync("/app")).Split("\r\n\r\n")[0].Split("\r\n");
            return string.Join('\n', lines.Where(line => line.StartsWith("Set-Cookie", StringComparison.OrdinalIgnoreCase)
                || line.StartsWith("Location", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Refresh", StringComparison.OrdinalIgnoreCase)));
        }
    }

    [FactWithTool(NginxServer.Tool)]
    public async Task Retries_GoOnWhenNginxDoes()
    {
        (string Ours, string Directive)[] conditions =
        [
            ("off", "off"),
            ("error, timeout", "error timeout"),
            ("timeout", "timeout"),
            ("error, timeout, non-idempotent", "error timeout non_idempotent"),
            ("error, invalid-response", "error invalid_header"),
            ("503", "http_503"),
            ("503, non-idempotent", "http_503 non_idempotent"),
            ("error, 404, 500", "error http_404 http_500"),
        ];
        (string Name, Func<RawConnection, Task>? Answer)[] failures =
        [
            ("refuses", null),
            ("resets", static connection =>
            {
                connection.Reset();
                return Task.CompletedTask;
            }),
            ("closes", static _ => Task.CompletedTask),
            ("garbage", static connection => connection.WriteAsync("HTTP/1.1 200 OK\r\nno header\r\n\r\n")),
            ("503", static connection => connection.WriteAsync("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")),
            ("404", static connection => connection.WriteAsync("HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")),
        ];
        foreach (var (name, answer) in failures)
        {
            using var refusing = new RefusingEndpoint();
            await using var failing = new RawBackend(answer ?? (static _ => Task.CompletedTask));
            await using var good = await Backend.StartAsync("good");
            var port = answer is null ? refusing.Port : failing.Port;
            foreach (var (ours, directive) in conditions)
            {
                await using var nginx = await NginxServer.StartAsync(
                    $"location / {{ proxy_pass http://pair; proxy_next_upstream {directive}; proxy_next_upstream_tries 3; proxy_read_timeout 5s; }}",
                    $"upstream pair {{ server 127.0.0.1:{port} max_fails=0; server 127.0.0.1:{good.Port} max_fails=0; }}");
                await using var proxy = await Site.StartAsync(
                    [port, good.Port], ("retry-on", ours), ("load-balancing", "round-robin"), ("backend-read-timeout", "5"));
                foreach (var method in new[] { "GET", "PUT", "POST", "DELETE", "PATCH" })
                {
                    Assert.Equal(
                        (name, directive, method, await StatusesAsync(nginx.Url, method)), (name, directive, method, await StatusesAsync(proxy.Http1, method)));
                }
            }
        }

        static async Task<string> StatusesAsync(Uri url, string method)
        {
            using var client = new HttpClient();
            var statuses = new List<int>();
            for (var i = 0; i < 2; i++)
            {
                using var request = new HttpRequestMessage(new(method), new Uri(url, "/app")) { Headers = { Host = "shop.test" } };
                using var response = await client.SendAsync(request).InTime();
                statuses.Add((int)response.StatusCode);
            }

            return string.Join(' ', statuses.Order());
        }
    }

    [FactWithTool(NginxServer.Tool)]
    public async Task Times_RunOutAsWithNginx()
    {
        var never = new TaskCompletionSource();
        await using var hanging = new RawBackend(_ => never.Task);
        await using var good = await Backend.StartAsync("good");
        await using var nginx = await NginxServer.StartAsync(
            "location / { proxy_pass http://pair; proxy_read_timeout 1s; proxy_send_timeout 1s; proxy_next_upstream off; } "
                + "location /next { proxy_pass http://pair; proxy_read_timeout 1s; proxy_next_upstream timeout; }",
            $"upstream pair {{ server 127.0.0.1:{hanging.Port} max_fails=0; server 127.0.0.1:{good.Port} max_fails=0; }}");
        (string, string)[] times = [("backend-read-timeout", "1"), ("backend-send-timeout", "1"), ("load-balancing", "round-robin")];
        await using var off = await Site.StartAsync([hanging.Port, good.Port], [.. times, ("retry-on", "off")]);
        await using var next = await Site.StartAsync([hanging.Port, good.Port], [.. times, ("retry-on", "timeout")]);

        Assert.Equal(await StatusesAsync(nginx.Url, "/app", HttpMethod.Get), await StatusesAsync(off.Http1, "/app", HttpMethod.Get));
        Assert.Equal(await StatusesAsync(nginx.Url, "/next", HttpMethod.Get), await StatusesAsync(next.Http1, "/app", HttpMethod.Get));
        Assert.Equal(await StatusesAsync(nginx.Url, "/next", HttpMethod.Post), await StatusesAsync(next.Http1, "/app", HttpMethod.Post));

        static async Task<string> StatusesAsync(Uri url, string path, HttpMethod method)
        {
            using var client = new HttpClient();
            var statuses = new List<int>();
            for (var i = 0; i < 2; i++)
            {
                using var request = new HttpRequestMessage(method, new Uri(url, path)) { Headers = { Host = "shop.test" } };
                using var response = await client.SendAsync(request).InTime();
                statuses.Add((int)response.StatusCode);
            }

            return string.Join(' ', statuses.Order());
        }
    }

    // Correction 31.
    [FactWithTool(NginxServer.Tool)]
    public async Task HeaderNames_AreDroppedAsByNginx()
    {
        string[] sent = ["X-Good: 1", "X_User: 1", "X.User: 1", "X!User: 1", "X~User: 1", "1-2: 1", "x-lower: 1", "X--Two: 1", "_X: 1", "X*: 1"];
        await using var backend = RawBackend.Answering();
        await using var nginx = await NginxServer.StartAsync($"location / {{ proxy_pass http://127.0.0.1:{backend.Port}; }}");
        await using var proxy = await Site.StartAsync([backend.Port], ("forwarded-headers", "extended"));
        using var first = await RawClient.ConnectAsync(nginx.Url.Port);
        using var second = await proxy.ConnectAsync();

        await first.GetAsync("/app", "shop.test", sent);
        await second.GetAsync("/app", "shop.test", sent);

        var received = backend.Requests.Select(head => head.Split("\r\n").Where(line => sent.Contains(line)).Order(StringComparer.Ordinal).ToList()).ToList();
        Assert.Equal(["1-2: 1", "X--Two: 1", "X-Good: 1", "x-lower: 1"], received[0]);
        Assert.Equal(received[0], received[1]);
    }

    [FactWithTool(NginxServer.Tool)]
    public async Task LargeHeaders_AreRefusedAsByNginx()
    {
        var length = 0;
        await using var backend = new RawBackend(connection => connection.WriteAsync(
            $"HTTP/1.1 200 OK\r\nX-Long: {new string('x', length)}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        await using var nginx = await NginxServer.StartAsync($"location / {{ proxy_pass http://127.0.0.1:{backend.Port}; proxy_buffer_size 4k; }}");
        await using var proxy = await Site.StartAsync([backend.Port], ("response-header-limit", "4096"));

        for (length = 3900; length < 4200; length += 20)
        {
            using var first = await RawClient.ConnectAsync(nginx.Url.Port);
            using var second = await proxy.ConnectAsync();
            Assert.Equal((length, (await first.GetAsync("/app"))[..12]), (length, (await second.GetAsync("/app"))[..12]));
        }
    }
}

using System.Globalization;
using System.Net;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Nginx.Tests;

/// <summary>Sends the same requests to a real nginx and to a gateway with the annotations that ask for the same.</summary>
public sealed class AccessPeerTests
{
    // As the template of ingress-nginx writes it: the zone beside the server, the limits in the location.
    [TheoryWithTool(NginxServer.Tool)]
    [InlineData("1", null, "5")]
    [InlineData("3", null, "5")]
    [InlineData("2", null, "1")]
    [InlineData("4", "1000", "2")]
    public async Task Rates_LetThroughAsMany(string perMinute, string? perSecond, string multiplier)
    {
        var burst = int.Parse(perMinute, CultureInfo.InvariantCulture) * int.Parse(multiplier, CultureInfo.InvariantCulture);
        var (zone, limit) = perSecond is null ? ("", "")
            : ($"limit_req_zone $binary_remote_addr zone=rps:5m rate={perSecond}r/s;", $"limit_req zone=rps burst={perSecond}000 nodelay;");
        (string, string)[] annotations = [("limit-rpm", perMinute), ("limit-burst-multiplier", multiplier), .. perSecond is null ? Array.Empty<(string, string)>() : [("limit-rps", perSecond)]];
        await using var gateway = await NginxGateway.StartAsync(annotations);
        await using var nginx = await NginxServer.StartAsync(
            $"location / {{ {limit} limit_req zone=rpm burst={burst} nodelay; limit_req_status 503; proxy_pass http://127.0.0.1:{gateway.BackendPort}; }}",
            $"{zone} limit_req_zone $binary_remote_addr zone=rpm:5m rate={perMinute}r/m;");

        var statuses = new List<(int Nginx, int Ours)>();
        for (var i = 0; i < burst + 4; i++)
        {
            statuses.Add((await StatusAsync(gateway, nginx.Url), await StatusAsync(gateway, gateway.Url)));
        }

        Assert.Equal(statuses.Select(static pair => pair.Nginx), statuses.Select(static pair => pair.Ours));
        Assert.Equal(1 + burst, statuses.Count(static pair => pair.Ours == 200));
    }

    // The server of nginx finds out where the request goes, and how large it may be, before it does anything that it says there.
    [TheoryWithTool(NginxServer.Tool)]
    [InlineData("10", 9)]
    [InlineData("10", 10)]
    [InlineData("10", 11)]
    [InlineData("1k", 1024)]
    [InlineData("1K", 1025)]
    [InlineData("1m", 1 << 20)]
    [InlineData("1M", (1 << 20) + 1)]
    [InlineData("0", 3 << 20)]
    public async Task BodySize_IsTheSame_DeclaredAndChunked_AndBeforeARedirect(string size, int length)
    {
        await using var gateway = await NginxGateway.StartAsync(("proxy-body-size", size));
        await using var nginx = await NginxServer.StartAsync(
            $"client_max_body_size {size}; location /redirect {{ return 302 /x; }} location / {{ proxy_pass http://127.0.0.1:{gateway.BackendPort}; }}");

        foreach (var isChunked in new[] { false, true })
        {
            Assert.Equal(await PostAsync(gateway, nginx.Url, length, isChunked), await PostAsync(gateway, gateway.Url, length, isChunked));
        }
    }

    [TheoryWithTool(NginxServer.Tool)]
    [InlineData("192.0.2.0/24", null)]
    [InlineData(null, "192.0.2.0/24")]
    [InlineData("192.0.2.0/24", "192.0.2.9")]
    [InlineData("192.0.2.9", "192.0.2.0/24")]
    [InlineData("192.0.2.1, 2001:db8::/32", "2001:db8:1::/48")]
    [InlineData("0.0.0.0/0", null)]
    public async Task AddressLists_LetInTheSame(string? allow, string? deny)
    {
        (string Name, string? Text)[] all = [("allowlist-source-range", allow), ("denylist-source-range", deny)];
        await using var gateway = await NginxGateway.StartAsync([.. all.Where(pair => pair.Text is not null).Select(pair => (pair.Name, pair.Text!))]);
        var rules = string.Concat((deny?.Split(", ") ?? []).Select(network => $"deny {network};"))
            + string.Concat((allow?.Split(", ") ?? []).Select(network => $"allow {network};"))
            + (allow is null ? "" : "deny all;");
        await using var nginx = await NginxServer.StartAsync(
            $"set_real_ip_from 127.0.0.1; real_ip_header X-Forwarded-For; location / {{ {rules} proxy_pass http://127.0.0.1:{gateway.BackendPort}; }}");

        foreach (var client in new[] { "192.0.2.1", "192.0.2.9", "192.0.3.1", "203.0.113.1", "2001:db8::1", "2001:db8:1::1" })
        {
            Assert.Equal(
                (client, await StatusAsync(gateway, nginx.Url, ("X-Forwarded-For", client))), (client, await StatusAsync(gateway, gateway.Url, ("X-Forwarded-For", client))));
        }
    }

    [FactWithTool(NginxServer.Tool)]
    public async Task Connections_AreLimitedAlike()
    {
        await using var gateway = await NginxGateway.StartAsync(("limit-connections", "2"));
        await using var nginx = await NginxServer.StartAsync(
            $"location / {{ limit_conn c 2; proxy_pass http://127.0.0.1:{gateway.BackendPort}; }}", "limit_conn_zone $binary_remote_addr zone=c:5m;");
        var held = new List<Task<HttpResponseMessage>>();
        foreach (var url in new[] { nginx.Url, gateway.Url })
        {
            for (var i = 0; i < 2; i++)
            {
                held.Add(gateway.SendAsync(url, "/hold"));
            }
        }

        while (gateway.Asked.Count < 4)
        {
            await Task.Delay(5);
        }

        Assert.Equal((503, 503), (await StatusAsync(gateway, nginx.Url), await StatusAsync(gateway, gateway.Url)));
        gateway.Release.SetResult();
        foreach (var response in await Task.WhenAll(held))
        {
            response.Dispose();
        }
    }

    // As the template writes it (correction 11).
    [TheoryWithTool(NginxServer.Tool)]
    [InlineData("GET", "/status/404?a=%20b")]
    [InlineData("DELETE", "/status/503")]
    [InlineData("GET", "/status/500")]
    [InlineData("HEAD", "/status/404")]
    public async Task ErrorPages_AreAskedForAlike(string method, string target)
    {
        await using var gateway = await NginxGateway.StartAsync(("custom-http-errors", "404,503"), ("default-backend", "errors"));
        const string Page = "proxy_intercept_errors off; proxy_set_header X-Code $status; proxy_set_header X-Original-URI $request_uri; rewrite (.*) / break;";
        await using var nginx = await NginxServer.StartAsync(
            $"location / {{ proxy_intercept_errors on; error_page 404 503 = @page; proxy_pass http://127.0.0.1:{gateway.BackendPort}; }}"
            + $"location @page {{ {Page} proxy_pass http://127.0.0.1:{gateway.BackendPort}; }}");

        using var theirs = await gateway.SendAsync(nginx.Url, target, new HttpMethod(method));
        using var ours = await gateway.SendAsync(gateway.Url, target, new HttpMethod(method));

        Assert.Equal(theirs.StatusCode, ours.StatusCode);
        Assert.Equal(LinesOf(await theirs.Content.ReadAsStringAsync()), LinesOf(await ours.Content.ReadAsStringAsync()));
        Assert.Equal(gateway.Asked.Take(gateway.Asked.Count / 2), gateway.Asked.Skip(gateway.Asked.Count / 2));

        static IEnumerable<string> LinesOf(string asked)
            => asked.Split('\n').Where(static (line, i) => i == 0 || line.StartsWith("X-Original-URI", StringComparison.OrdinalIgnoreCase)).Select(static line => line.Replace("X-Original-Uri", "X-Original-URI", StringComparison.Ordinal));
    }

    private static async Task<int> StatusAsync(NginxGateway gateway, Uri url, params (string Name, string Value)[] headers)
    {
        using var response = await gateway.SendAsync(url, "/", headers: headers);
        return (int)response.StatusCode;
    }

    private static async Task<HttpStatusCode> PostAsync(NginxGateway gateway, Uri url, int length, bool isChunked)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(new byte[length]) };
        request.Headers.Host = NginxGateway.Host;
        request.Headers.TransferEncodingChunked = isChunked;
        request.Headers.ExpectContinue = length > 100_000; // so that a refusal is not lost in what is still being sent
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}

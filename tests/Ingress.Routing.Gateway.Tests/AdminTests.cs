namespace Ingress.Routing.Gateway.Tests;

public sealed class AdminTests : IAsyncLifetime, IDisposable
{
    private readonly ManifestFolder _folder = new();
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        _gateway = await RunningGateway.StartHttpAsync(_folder.Path, "--admin", "127.0.0.1:0");
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task Get_Probe_IsFine(string path) => Assert.Equal(200, (await RawHttp.GetAsync(_gateway.Admin, "x", path)).Status);

    // Told apart by methods that no other test uses: gateways of tests that run beside this one count into the same meters.
    [Fact]
    public async Task Get_Metrics_CountsRoutedRequestsOnly()
    {
        await RawHttp.SendAsync(_gateway.Http, "DELETE /health HTTP/1.1\r\nHost: shop.example.com\r\nConnection: close\r\n\r\n");
        await RawHttp.SendAsync(_gateway.Admin, "HEAD /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        var metrics = await RawHttp.GetAsync(_gateway.Admin, "x", "/metrics");

        Assert.Equal(200, metrics.Status);
        Assert.Contains("Content-Type: text/plain", metrics.Head, StringComparison.Ordinal);
        Assert.Contains("http_request_method=\"DELETE\",http_response_status_code=\"503\"", metrics.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("http_request_method=\"HEAD\",http_response_status_code", metrics.Body, StringComparison.Ordinal);
        Assert.Contains("ingress_routing_", metrics.Body, StringComparison.Ordinal);
        Assert.Contains("kestrel_", metrics.Body, StringComparison.Ordinal);
        Assert.Contains("service_name=\"ingress-gateway\"", metrics.Body, StringComparison.Ordinal);
        Assert.Contains("ingress_routing_connections_limit", metrics.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Routes_IsTheTable()
    {
        var routes = (await RawHttp.GetAsync(_gateway.Admin, "x", "/routes")).Json;

        Assert.Equal(["/health", "/"], routes.EnumerateArray().Select(route => route.GetProperty("path").GetString()));
        Assert.Equal("http", routes[0].GetProperty("port").GetString());
    }

    [Fact]
    public async Task Get_Diagnostics_HasThoseOfTheTable()
    {
        var diagnostics = (await RawHttp.GetAsync(_gateway.Admin, "x", "/diagnostics")).Json;

        Assert.All(diagnostics.EnumerateArray(), diagnostic => Assert.Equal("INGR090", diagnostic.GetProperty("id").GetString()));
        Assert.Equal(2, diagnostics.GetArrayLength());
    }

    [Fact]
    public async Task Get_Elsewhere_IsNotFound() => Assert.Equal(404, (await RawHttp.GetAsync(_gateway.Admin, "x", "/")).Status);

    [Fact]
    public async Task Post_IsNotAllowed()
    {
        var response = await RawHttp.SendAsync(_gateway.Admin, "POST /routes HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        Assert.Equal(405, response.Status);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/metrics")]
    [InlineData("/routes")]
    [InlineData("/diagnostics")]
    public async Task Get_ThroughTheRoutedListener_NeverReachesAdmin(string path)
    {
        foreach (var host in (string[])["shop.example.com", $"127.0.0.1:{_gateway.Admin.Port}", "x", ""])
        {
            var response = await RawHttp.GetAsync(_gateway.Http, host, path);

            Assert.Equal(host == "shop.example.com" ? 503 : 404, response.Status);
        }
    }

    [Fact]
    public async Task Get_ThroughTheAdminListener_NeverReachesARoute()
    {
        var response = await RawHttp.GetAsync(_gateway.Admin, "shop.example.com", "/health");

        Assert.Equal(404, response.Status);
    }
}

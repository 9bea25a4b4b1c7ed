using System.Net;
using System.Text;
using System.Text.Json;

namespace Ingress.Routing.Gateway.Tests;

public sealed class EchoTests : IAsyncLifetime, IDisposable
{
    private readonly ManifestFolder _folder = new();
    private RunningGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        _gateway = await RunningGateway.StartHttpAsync(_folder.Path, "--echo");
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Get_ShowsWhatTheServiceWouldReceive()
    {
        var response = await RawHttp.SendAsync(
            _gateway.Http,
            "GET /x/../a%2fb//c?q=%41&r=/../ HTTP/1.1\r\nHost: SHOP.example.com:8080\r\nX-Two: 1\r\nX-Two: 2\r\nConnection: close\r\n\r\n");

        Assert.Equal(200, response.Status);
        Assert.Contains("Content-Type: application/json", response.Head, StringComparison.Ordinal);
        Assert.Contains($"Content-Length: {response.Body.Length}", response.Head, StringComparison.Ordinal);
        var echo = response.Json;
        Assert.Equal(["service", "port", "method", "target", "headers", "bodyBytes"], echo.EnumerateObject().Select(member => member.Name));
        Assert.Equal("shop/web", echo.GetProperty("service").GetString());
        Assert.Equal(80, echo.GetProperty("port").GetInt32());
        Assert.Equal("GET", echo.GetProperty("method").GetString());
        Assert.Equal("/a%2Fb/c?q=%41&r=/../", echo.GetProperty("target").GetString());
        Assert.Equal("SHOP.example.com:8080", HeaderOf(echo, "Host"));
        Assert.Equal("1, 2", HeaderOf(echo, "X-Two"));
        Assert.Equal("127.0.0.1", HeaderOf(echo, "X-Forwarded-For"));
        Assert.Equal(0, echo.GetProperty("bodyBytes").GetInt32());
    }

    [Fact]
    public async Task Get_NamedPort_IsAString()
    {
        var response = await RawHttp.GetAsync(_gateway.Http, "shop.example.com", "/health");

        Assert.Equal("shop/probe", response.Json.GetProperty("service").GetString());
        Assert.Equal("http", response.Json.GetProperty("port").GetString());
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n\r\nhello")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n")]
    public async Task Post_CountsTheBody(string lengthAndBody)
    {
        var response = await RawHttp.SendAsync(
            _gateway.Http, $"POST /upload HTTP/1.1\r\nHost: shop.example.com\r\nConnection: close\r\nContent-Type: text/x-odd\r\n{lengthAndBody}");

        Assert.Equal("POST", response.Json.GetProperty("method").GetString());
        Assert.Equal(5, response.Json.GetProperty("bodyBytes").GetInt32());
        Assert.Equal("text/x-odd", HeaderOf(response.Json, "Content-Type"));
    }

    [Fact]
    public async Task Post_LargerThanMemoryShouldHold_IsStreamed()
    {
        const int Size = 64 * 1024 * 1024;
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{_gateway.Http}/upload") { Headers = { Host = "shop.example.com" } };
        request.Content = new StreamContent(new ZeroStream(Size));

        using var response = await client.SendAsync(request);

        var echo = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(Size, echo.GetProperty("bodyBytes").GetInt64());
    }

    [Fact]
    public async Task Get_Http2WithPriorKnowledge_IsAnsweredInHttp2()
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{_gateway.Http}/a")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { Host = "shop.example.com" },
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes("hello")),
        };

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpVersion.Version20, response.Version);
        var echo = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("shop.example.com", HeaderOf(echo, "Host"));
        Assert.Equal(5, echo.GetProperty("bodyBytes").GetInt32());
    }

    private static string? HeaderOf(JsonElement echo, string name) => echo.GetProperty("headers").GetProperty(name).GetString();
}

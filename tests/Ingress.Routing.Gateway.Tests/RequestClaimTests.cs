using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Ingress.Routing.Gateway.Tests;

/// <summary>What clients and proxies say about a request, and what the backend is told.</summary>
public sealed class RequestClaimTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public RequestClaimTests() => _folder.Write("shop.yaml", ManifestText.Shop());

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("127.0.0.0/8", "203.0.113.7", "https", "203.0.113.9")]
    [InlineData("10.0.0.0/8", "127.0.0.1", "http", null)]
    public async Task TrustedProxies_AreBelieved(string network, string client, string scheme, string? realIP)
    {
        await using var gateway = await RunningGateway.StartHttpAsync(_folder.Path, "--echo", "--trusted-proxies", network, "--pass-header", "X_Kept");

        var headers = await SendAsync(
            gateway.Http, "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\nX-Real-IP: 203.0.113.9\r\nX_Real_IP: 6.6.6.6\r\nCookie: name=Jos\u00C3\u00A9");

        Assert.Equal(client, Value(headers, "X-Forwarded-For"));
        Assert.Equal(scheme, Value(headers, "X-Forwarded-Proto"));
        Assert.Equal(realIP, Value(headers, "X-Real-IP"));
        Assert.Null(Value(headers, "X_Real_IP"));
        Assert.Equal("name=José", Value(headers, "Cookie"));
    }

    [Fact]
    public async Task PassHeader_LetsASpellingThrough()
    {
        await using var gateway = await RunningGateway.StartHttpAsync(_folder.Path, "--echo", "--pass-header", "X_Real_IP");

        var headers = await SendAsync(gateway.Http, "X_Real_IP: kept\r\nX.Real.IP: not kept");

        Assert.Equal("kept", Value(headers, "X_Real_IP"));
        Assert.Null(Value(headers, "X.Real.IP"));
    }

    [Theory]
    [InlineData("10/8")]
    [InlineData("10.0.0.1/8")]
    [InlineData("010.0.0.0/8")]
    [InlineData("proxy.test")]
    public async Task TrustedProxies_ThatAreNoNetwork_AreRefused(string network)
    {
        var result = await Cli.RunAsync("run", "--manifests", _folder.Path, "--trusted-proxies", network);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"--trusted-proxies: '{network}' is not understood. '{network}' is no network or address", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SchemeHttpsOverPlainHttp2_IsServedAsHttp()
    {
        await using var gateway = await RunningGateway.StartHttpAsync(_folder.Path, "--echo");
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Http);
        var stream = client.GetStream();

        // Preface, empty SETTINGS, and HEADERS on stream 1 with END_STREAM and END_HEADERS: GET, https, /, and a literal :authority.
        byte[] authority = [.. "shop.example.com"u8];
        byte[] block = [0x82, 0x87, 0x84, 0x41, (byte)authority.Length, .. authority];
        await stream.WriteAsync((byte[])[
            .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, (byte)block.Length, 1, 5, 0, 0, 0, 1, .. block]);

        var echo = await ReadDataAsync(stream).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal("http", Value(JsonDocument.Parse(echo).RootElement.GetProperty("headers"), "X-Forwarded-Proto"));
    }

    [Fact]
    public async Task LineFeedAlone_EndsNoLine()
    {
        await using var gateway = await RunningGateway.StartHttpAsync(_folder.Path, "--echo");

        var response = await RawHttp.SendAsync(gateway.Http, "GET / HTTP/1.1\nHost: shop.example.com\nConnection: close\n\n");

        Assert.Equal(400, response.Status);
    }

    private static async Task<string> ReadDataAsync(NetworkStream stream)
    {
        var head = new byte[9];
        var data = new List<byte>();
        while (true)
        {
            await stream.ReadExactlyAsync(head);
            var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
            await stream.ReadExactlyAsync(payload);
            Assert.NotEqual(3, head[3]); // RST_STREAM
            if (head[3] != 0)
            {
                continue;
            }

            data.AddRange(payload);
            if ((head[4] & 1) != 0)
            {
                return Encoding.UTF8.GetString([.. data]);
            }
        }
    }

    private static async Task<JsonElement> SendAsync(IPEndPoint server, string headers)
        => (await RawHttp.SendAsync(server, $"GET / HTTP/1.1\r\nHost: shop.example.com\r\nConnection: close\r\n{headers}\r\n\r\n")).Json.GetProperty("headers");

    private static string? Value(JsonElement headers, string name) => headers.TryGetProperty(name, out var value) ? value.GetString() : null;
}

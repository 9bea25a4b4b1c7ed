using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Gateway.Tests;

/// <summary>A process of its own with few descriptors, and clients that want more.</summary>
public sealed class ScarceDescriptorTests : IAsyncLifetime, IDisposable
{
    private readonly ManifestFolder _folder = new();
    private readonly ManifestFolder _home = new();
    private readonly List<Socket> _clients = [];
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestBackend _backend = null!;

    public async Task InitializeAsync()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        _backend = await TestBackend.StartAsync(async context =>
        {
            if (context.Request.Path.StartsWithSegments("/slow"))
            {
                await _release.Task;
            }

            await context.Response.WriteAsync("fine");
        });
    }

    public async Task DisposeAsync()
    {
        _release.TrySetResult();
        await _backend.DisposeAsync();
    }

    public void Dispose()
    {
        CloseClients();
        _folder.Dispose();
        _home.Dispose();
    }

    [FactWithSignals]
    public Task Flood_320_IdleConnections() => SurvivesAsync(320, gateway => OpenAsync(gateway.Http, 420, ""));

    [FactWithSignals]
    public Task Flood_1024_IdleConnections() => SurvivesAsync(1024, gateway => OpenAsync(gateway.Http, 1124, ""));

    [FactWithSignals]
    public Task Flood_320_UnfinishedRequests() => SurvivesAsync(320, gateway => OpenAsync(gateway.Http, 420, "GET / HTTP/1.1\r\nHost: sh"));

    [FactWithSignals]
    public Task Flood_320_UnfinishedHandshakes() => SurvivesAsync(320, gateway => OpenAsync(gateway.Https, 420, "\u0016\u0003\u0001\u0002"));

    // All of them are being answered: none may be closed for another, and only the admin listener has room.
    [FactWithSignals]
    public async Task Flood_320_BusyConnections_AdminAnswersAndProcessLives()
    {
        using var gateway = await StartAsync(320);
        const string Unfinished = "POST / HTTP/1.1\r\nHost: shop.example.com\r\nContent-Length: 9\r\n\r\nx";
        await OpenAsync(gateway.Http, 420, Unfinished);

        Assert.Equal(200, (await RawHttp.GetAsync(gateway.Admin, "x", "/healthz")).Status);

        CloseClients();
        await AnswersAsync(gateway);
    }

    [FactWithSignals]
    public async Task Streams_OfOneHttp2Connection_LeaveRoomForOtherServices()
    {
        using var gateway = await StartAsync(512);
        using var client = new HttpClient(new SocketsHttpHandler { EnableMultipleHttp2Connections = true, UseProxy = false })
        {
            BaseAddress = new Uri($"http://{gateway.Http}"),
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Timeout = TimeSpan.FromMinutes(1),
        };
        var slow = Enumerable.Range(0, 300).Select(_ => StatusAsync(client, "/slow")).ToList();
        var refused = await (await Task.WhenAny(slow)).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(503, refused);
        Assert.Equal(200, await StatusAsync(client, "/health"));

        _release.SetResult();
        var statuses = await Task.WhenAll(slow).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal([200, 503], statuses.Distinct().Order());
        await AnswersAsync(gateway);
    }

    private async Task SurvivesAsync(int limit, Func<GatewayProcess, Task> flood)
    {
        using var gateway = await StartAsync(limit);

        await flood(gateway);
        await AnswersAsync(gateway);

        CloseClients();
        await AnswersAsync(gateway);
        await gateway.SignalAsync(GatewayProcess.Terminate);
        Assert.Equal(0, await gateway.WaitForExitAsync(TimeSpan.FromSeconds(30)));
    }

    private static async Task AnswersAsync(GatewayProcess gateway)
    {
        var routed = await RawHttp.GetAsync(gateway.Http, "shop.example.com", "/");
        Assert.Equal((200, "fine"), (routed.Status, routed.Body));
        Assert.Equal(200, (await RawHttp.GetAsync(gateway.Admin, "x", "/healthz")).Status);
        Assert.False(gateway.HasExited);
    }

    private async Task OpenAsync(IPEndPoint server, int count, string beginning)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var i = 0; i < count; i++)
        {
            var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
            _clients.Add(client);
            try
            {
                await client.ConnectAsync(server, deadline.Token);
                await client.SendAsync(Encoding.Latin1.GetBytes(beginning), deadline.Token);
            }
            catch (SocketException)
            {
                // Closed for a newer one already.
            }
        }
    }

    private void CloseClients()
    {
        _clients.ForEach(static client => client.Dispose());
        _clients.Clear();
    }

    private static async Task<int> StatusAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { Host = "shop.example.com" },
        };
        using var response = await client.SendAsync(request);
        return (int)response.StatusCode;
    }

    private Task<GatewayProcess> StartAsync(int limit) => GatewayProcess.StartLimitedAsync(
        limit,
        _home.Path,
        "--manifests", _folder.Path, "--https", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--dev-certificates-folder", Path.Combine(_home.Path, "ca"),
        "--backend", $"shop/web:80={_backend.Address}", "--backend", $"shop/probe:http={_backend.Address}");
}

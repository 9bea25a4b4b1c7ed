using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting;

namespace Ingress.Routing.AspNetCore.Tests.Connections;

/// <summary>A server that may have two connections of clients.</summary>
public sealed class ClientConnectionTests : IAsyncLifetime
{
    private readonly TestLog _log = new();
    private readonly TaskCompletionSource _bothWait = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestSite _site = null!;
    private int _arrivals;

    public async Task InitializeAsync() => _site = await TestSite.StartAsync(
        Some.Snapshot(Some.Ingress("shop/web", [Some.Rule(null, Some.Prefix("/"))])),
        ingress => ingress.ConfigureIngressEndpoints(endpoint => endpoint.RequestDelegate = AnswerAsync),
        builder =>
        {
            _log.AddTo(builder.Logging);
            builder.WebHost.UseIngressConnectionLimits(options => options.MaxClientConnections = 2);
            builder.WebHost.ListenIngressHttp(new IPEndPoint(IPAddress.Loopback, 0));
            builder.WebHost.ListenIngressHttp(new IPEndPoint(IPAddress.Loopback, 0));
        });

    public async Task DisposeAsync()
    {
        _release.TrySetResult();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task Accept_Full_ClosesTheIdlest()
    {
        using var first = await ConnectAsync();
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(first, "/"), StringComparison.Ordinal);
        using var second = await ConnectAsync();
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(second, "/"), StringComparison.Ordinal);

        using var third = await ConnectAsync();

        Assert.Equal("", await ReadAsync(first));
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(second, "/"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(third, "/"), StringComparison.Ordinal);
        Assert.Single(_log.EntriesAboveDebug("Ingress.Routing.AspNetCore.Connections"));
    }

    [Fact]
    public async Task Accept_IdlestIsBusy_ClosesTheOther()
    {
        using var busy = await ConnectAsync();
        await SendAsync(busy, "/wait");
        await _waiting.Task.WaitAsync(TimeSpan.FromSeconds(30));
        using var silent = await ConnectAsync();
        using var third = await ConnectAsync();

        Assert.Equal("", await ReadAsync(silent));
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(third, "/"), StringComparison.Ordinal);
        _release.SetResult();
        Assert.StartsWith("HTTP/1.1 200", await ReadAsync(busy), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accept_AllAreBusy_RefusesButKeepsRoomAtOtherListeners()
    {
        using var first = await ConnectAsync();
        await SendAsync(first, "/wait");
        using var second = await ConnectAsync();
        await SendAsync(second, "/wait");
        await _bothWait.Task.WaitAsync(TimeSpan.FromSeconds(30));
        using var refused = await ConnectAsync();
        using var elsewhere = await ConnectAsync(other: true);

        Assert.StartsWith("HTTP/1.1 200", await AskAsync(elsewhere, "/"), StringComparison.Ordinal);
        Assert.Equal("", await ReadAsync(refused));
        _release.SetResult();
        Assert.StartsWith("HTTP/1.1 200", await ReadAsync(first), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await ReadAsync(second), StringComparison.Ordinal);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/wait")
        {
            _waiting.TrySetResult();
            if (Interlocked.Increment(ref _arrivals) == 2)
            {
                _bothWait.SetResult();
            }

            await _release.Task;
        }

        await context.Response.WriteAsync("x");
    }

    private static async Task<string> AskAsync(TcpClient client, string path)
    {
        await SendAsync(client, path);
        return await ReadAsync(client);
    }

    private static async Task SendAsync(TcpClient client, string path)
        => await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: h.test\r\n\r\n"));

    // One piece; that is all of a short answer, and nothing when the server has closed the connection.
    private static async Task<string> ReadAsync(TcpClient client)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[1024];
        try
        {
            return Encoding.ASCII.GetString(buffer, 0, await client.GetStream().ReadAsync(buffer, timeout.Token));
        }
        catch (IOException)
        {
            return "";
        }
    }

    private async Task<TcpClient> ConnectAsync(bool other = false)
    {
        var ports = _site.App.Urls.Select(static url => new Uri(url)).Where(static url => url.Host == "127.0.0.1").Select(static url => url.Port).ToList();
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, ports[other ? 1 : 0]);
        return client;
    }
}

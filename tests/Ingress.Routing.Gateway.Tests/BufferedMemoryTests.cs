using System.Net.Sockets;
using System.Text;

namespace Ingress.Routing.Gateway.Tests;

/// <summary>One side is as fast as it can be, and the other does nothing.</summary>
public sealed class BufferedMemoryTests : IAsyncLifetime, IDisposable
{
    private const int Clients = 200;
    private const long MostPerClient = 384 * 1024;

    private readonly ManifestFolder _folder = new();
    private readonly ManifestFolder _home = new();
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<TcpClient> _clients = [];
    private TestBackend _backend = null!;
    private int _arrived;

    public async Task InitializeAsync()
    {
        _folder.Write("shop.yaml", ManifestText.Shop());
        _backend = await TestBackend.StartAsync(async context =>
        {
            if (context.Request.Path == "/small")
            {
                return;
            }

            Interlocked.Increment(ref _arrived);
            if (context.Request.Path == "/read-nothing")
            {
                await _release.Task;
                return;
            }

            try
            {
                for (var i = 0; i < 1000; i++)
                {
                    await context.Response.Body.WriteAsync(new byte[64 * 1024], context.RequestAborted);
                }
            }
            catch (Exception failure) when (failure is IOException or OperationCanceledException)
            {
            }
        });
    }

    public async Task DisposeAsync()
    {
        _release.TrySetResult();
        await _backend.DisposeAsync();
    }

    public void Dispose()
    {
        _clients.ForEach(static client => client.Dispose());
        _folder.Dispose();
        _home.Dispose();
    }

    [FactWithSignals]
    public Task FastWriters_SlowBackend_TakeLittleMemory()
        => IsBoundedAsync("POST /read-nothing HTTP/1.1\r\nHost: shop.example.com\r\nContent-Length: 100000000\r\n\r\n", new byte[8 * 1024 * 1024]);

    [FactWithSignals]
    public Task SlowReaders_FastBackend_TakeLittleMemory()
        => IsBoundedAsync("GET /big HTTP/1.1\r\nHost: shop.example.com\r\n\r\n", []);

    private async Task IsBoundedAsync(string head, byte[] body)
    {
        using var gateway = await GatewayProcess.StartAsync(_home.Path, "--manifests", _folder.Path, "--backend", $"shop/web:80={_backend.Address}");
        for (var i = 0; i < 20; i++)
        {
            await RawHttp.GetAsync(gateway.Http, "shop.example.com", "/small"); // what is loaded by the first requests is not theirs
        }

        var before = gateway.Memory;
        var writing = new List<Task>();
        for (var i = 0; i < Clients; i++)
        {
            var client = new TcpClient();
            _clients.Add(client);
            await client.ConnectAsync(gateway.Http);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
            writing.Add(client.GetStream().WriteAsync(body).AsTask());
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Volatile.Read(ref _arrived) < Clients)
        {
            await Task.Delay(20, deadline.Token);
        }

        // Until it grows no more.
        for (long last = 0; gateway.Memory > last + (1024 * 1024);)
        {
            last = gateway.Memory;
            await Task.Delay(TimeSpan.FromSeconds(1), deadline.Token);
        }

        Assert.InRange(gateway.Memory - before, 0, Clients * MostPerClient);
        _clients.ForEach(static client => client.Dispose());
        await Task.WhenAll(writing).ContinueWith(static ended => ended.Exception, TaskScheduler.Default);
    }
}

using System.Net;

namespace Ingress.Routing.Gateway.Tests;

/// <summary>Clients of every kind, behind a load balancer that takes the gateway out some time after it is not ready any more.</summary>
internal sealed class DrainLoad(IPEndPoint server, string host)
{
    private readonly TaskCompletionSource _warm = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isOut;
    private int _sent;

    /// <summary>How many requests were sent, and were answered or lost.</summary>
    public int Sent => Volatile.Read(ref _sent);

    /// <summary>Completes when there is some load.</summary>
    public Task Warm => _warm.Task;

    /// <summary>What was lost, in words.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Lost { get; } = new();

    /// <summary>From now on nobody comes here any more; who is here stays until it is asked to leave.</summary>
    public void TakeOut() => _isOut = true;

    /// <summary>Sends over one connection until it is asked to leave; then over another one, as long as the load balancer sends it here.</summary>
    public async Task KeepAliveAsync(TimeSpan pause)
    {
        using var client = new KeptClient(server, host);
        while (true)
        {
            Note("keep-alive", await client.GetAsync("/"));
            if (client.WasAskedToLeave && _isOut)
            {
                return;
            }

            await Task.Delay(pause);
        }
    }

    /// <summary>Opens a connection for each request.</summary>
    public async Task NewConnectionsAsync()
    {
        while (!_isOut)
        {
            using var client = new KeptClient(server, host);
            Note("new connection", await client.GetAsync("/"));
        }
    }

    /// <summary>Sends over HTTP/2.</summary>
    public async Task Http2Async()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            DefaultRequestHeaders = { Host = host },
        };
        while (!_isOut)
        {
            try
            {
                using var response = await client.GetAsync(new Uri($"http://{server}/"));
                Note("HTTP/2", (int)response.StatusCode);
            }
            catch (HttpRequestException lost)
            {
                Note("HTTP/2: " + lost.Message, null);
            }
        }
    }

    private void Note(string kind, int? status)
    {
        if (status != 200)
        {
            Lost.Enqueue($"{kind}: {status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no answer"}");
        }

        if (Interlocked.Increment(ref _sent) >= 200)
        {
            _warm.TrySetResult();
        }
    }
}

namespace Ingress.Routing.DataPlane.Steady;

/// <summary>A gateway under a steady load of all kinds, and what becomes of it.</summary>
internal sealed class SteadyRun : IAsyncDisposable
{
    private const int Http1Connections = 4;
    private const int Http2Streams = 4;
    private static readonly TimeSpan s_message = TimeSpan.FromMilliseconds(50);

    private readonly IReadOnlyList<EchoBackend> _backends;
    private readonly CancellationTokenSource _stop = new();
    private readonly long _arrivedBefore;
    private readonly Surroundings _run;
    private readonly Task _clients;

    private SteadyRun(IReadOnlyList<EchoBackend> backends, Surroundings run, TimeSpan interval, out Task streams)
    {
        (_backends, _run) = (backends, run);
        _arrivedBefore = backends.Sum(static backend => backend.Arrivals);
        Changer = new(run);
        var world = run.World;
        string[] hosts = [world.Endpoints[0].Host, .. world.Plain.Select(static subject => subject.Host).Where(static host => host.EndsWith("-0.test", StringComparison.Ordinal))];
        var opening = new CountdownEvent(hosts.Length + 3);
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stop = _stop.Token;
        _clients = Task.WhenAll(
        [
            .. hosts.Select(host => Task.Run(() => WebSocketClient.RunAsync(run, host, Once(), s_message, stop))),
            Task.Run(() => DownloadClient.RunAsync(run, hosts[0], Once(), stop)),
            Task.Run(() => DownloadClient.RunAsync(run, hosts[^1], Once(), stop)),
            Task.Run(() => GrpcClient.RunAsync(run, world.Grpc.Host, Once(), s_message, stop)),
            .. Enumerable.Range(0, Http1Connections).Select(first => Task.Run(() => Http1Client.RunAsync(run, first * 3, interval, stop))),
            Task.Run(() => Http2Client.RunAsync(run, Http2Streams, interval, stop)),
            Task.Run(() => TlsClient.RunAsync(run, interval * 2, stop)),
        ]);
        streams = opened.Task;

        // Whether it was opened or not: there is nothing more to wait for.
        Action Once()
        {
            var isDone = false;
            return () =>
            {
                if (!isDone)
                {
                    isDone = true;
                    if (opening.Signal())
                    {
                        opened.SetResult();
                    }
                }
            };
        }
    }

    public Changer Changer { get; }

    public Losses Losses => _run.Losses;

    /// <summary>How long requests took since it was last asked for.</summary>
    public IReadOnlyList<double> TakeLatencies() => _run.Latencies.Take();

    public long Replies => _run.Judge.Replies;

    /// <summary>How many generations have come that no change asked for.</summary>
    public int Unasked => _run.Timeline.Unasked;

    /// <summary>Begins, and waits until all that lasts is open.</summary>
    /// <param name="world">The manifests that the gateway serves.</param>
    /// <param name="backends">The backends of these.</param>
    /// <param name="httpPort">Where the gateway listens without TLS.</param>
    /// <param name="httpsPort">Where it listens with TLS.</param>
    /// <param name="interval">The time between two requests of each of eight clients.</param>
    public static async Task<SteadyRun> StartAsync(World world, IReadOnlyList<EchoBackend> backends, int httpPort, int httpsPort, TimeSpan interval)
    {
        long generation;
        using (var connection = await Http1Connection.OpenAsync(httpPort))
        {
            generation = (await connection.SendAsync(world.Endpoints[0].Host, "/")).Generation;
        }

        var (losses, timeline) = (new Losses(), new Timeline(generation));
        var run = new SteadyRun(
            backends, new(httpPort, httpsPort, world, timeline, new(timeline, losses), losses, new()), interval, out var streams);
        await streams;
        return run;
    }

    /// <summary>Ends all clients, and looks at what is left to be looked at.</summary>
    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _clients;
        _run.Judge.DecideOpen(isLast: true);
        var arrived = _backends.Sum(static backend => backend.Arrivals) - _arrivedBefore;
        if (arrived != _run.Judge.FromBackends)
        {
            _run.Losses.Add("arrived", $"{arrived} requests have arrived, and {_run.Judge.FromBackends} were answered by a backend");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _clients;
        Changer.Dispose();
        _stop.Dispose();
    }
}

using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Ingress.Routing.Hosting.Tests;

/// <summary>The reload service with a clock that the test moves.</summary>
internal sealed class ReloadHarness : IAsyncDisposable
{
    private readonly List<IngressRouteTable> _published = [];
    private readonly IngressReloadService _service;
    private Task _start = Task.CompletedTask;

    public ReloadHarness(IngressRoutingOptions options, params IIngressSource[] sources)
    {
        Router.OnPublished(table =>
        {
            lock (_published)
            {
                _published.Add(table);
            }
        });
        _service = new IngressReloadService(Router, sources, Options.Create(options), new IngressReloadMetrics(Router), Time, Logger);
    }

    public ReloadHarness(params IIngressSource[] sources)
        : this(new IngressRoutingOptions(), sources)
    {
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public IngressRouter Router { get; } = new();

    public ListLogger<IngressReloadService> Logger { get; } = new();

    public IReadOnlyList<IngressRouteTable> Published
    {
        get
        {
            lock (_published)
            {
                return [.. _published];
            }
        }
    }

    public Task StartTask => _start;

    public static ClusterSnapshot SnapshotWith(params string[] hosts)
        => Some.Snapshot([.. hosts.Select(host => Some.Ingress("shop/" + host, [Some.Rule(host, Some.Prefix("/"))]))]);

    // Not awaited: with the clock standing still, the start waits for the first table for ever.
    public void Start() => _start = _service.StartAsync(CancellationToken.None);

    public Task StopAsync() => _service.StopAsync(CancellationToken.None);

    public Task TablesPublished(int count) => Eventually.Holds(() => Published.Count >= count, $"{count} tables");

    /// <summary>Moves the clock until something holds; timers that are set meanwhile are served, too.</summary>
    public Task AdvanceUntil(Func<bool> condition, string what) => AdvanceUntil(condition, what, TimeSpan.FromMilliseconds(50));

    public Task AdvanceUntil(Func<bool> condition, string what, TimeSpan step) => Eventually.Holds(
        () =>
        {
            if (condition())
            {
                return true;
            }

            Time.Advance(step);
            return condition();
        },
        what);

    public bool Serves(string host) => Router.Current.Match(host, "/").Status == IngressMatchStatus.Rule;

    public async ValueTask DisposeAsync()
    {
        await StopAsync().WaitAsync(TimeSpan.FromSeconds(30));
        _service.Dispose();
    }
}

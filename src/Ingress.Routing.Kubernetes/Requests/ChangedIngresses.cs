using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Requests;

/// <summary>Gathers which Ingresses may have changed from one table in force to the next.</summary>
/// <remarks>A table is published while this is called, so it only notes; who works on it asks for it.</remarks>
internal sealed class ChangedIngresses : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly IDisposable _registration;
    private IngressRouteTable? _table;
    private HashSet<ResourceReference>? _changed = [];

    public ChangedIngresses(IngressRouter router) => _registration = router.OnPublished(Note);

    /// <summary>Waits until there is something, or for a while.</summary>
    public Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken) => atMost == Timeout.InfiniteTimeSpan
        ? _signal.WaitAsync(cancellationToken)
        : WaitForAsync(atMost, time, cancellationToken);

    /// <summary>Wakes up who waits.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            if (_signal.CurrentCount == 0)
            {
                _signal.Release();
            }
        }
    }

    /// <summary>The table in force, and the Ingresses that may differ since this was asked before; null for all of them.</summary>
    public (IngressRouteTable? Table, IReadOnlyCollection<ResourceReference>? Changed) Take()
    {
        lock (_lock)
        {
            var changed = _changed;
            _changed = [];
            return (_table, changed);
        }
    }

    // The signal is left to the collector: a table may be published at this moment.
    public void Dispose() => _registration.Dispose();

    private async Task WaitForAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = time.CreateTimer(_ => Wake(), null, atMost, Timeout.InfiniteTimeSpan);
        await _signal.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Note(IngressRouteTable table)
    {
        lock (_lock)
        {
            if (_table is not null && table.ChangesSince(_table) is { } changes)
            {
                _changed?.UnionWith(changes.Resources.Where(static resource => resource.Kind == "Ingress"));
            }
            else
            {
                _changed = null; // everything may differ
            }

            _table = table;
        }

        Wake();
    }
}

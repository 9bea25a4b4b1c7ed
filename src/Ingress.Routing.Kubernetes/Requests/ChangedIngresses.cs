using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Requests;

/// <summary>Gathers which Ingresses may have changed from one table in force to the next.</summary>
/// <remarks>A table is published while this is called, so it only notes; who works on it asks for it.</remarks>
internal sealed class ChangedIngresses : IDisposable
{
    private const string IngressKind = "Ingress";

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly IDisposable _registration;
    private IngressRouteTable? _table;
    private HashSet<ResourceReference>? _changed = [];
    private HashSet<ResourceReference> _restated = [];

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

    /// <summary>What there is since this was asked before.</summary>
    /// <returns>
    /// The table in force; the Ingresses that may differ, null for all of them; and those of which nothing but the status may. A status that we
    /// have written comes back so, twenty times a second at worst: nothing has to be found out about such Ingresses.
    /// </returns>
    public (IngressRouteTable? Table, IReadOnlyCollection<ResourceReference>? Changed, IReadOnlyCollection<ResourceReference> Restated) Take()
    {
        lock (_lock)
        {
            var (changed, restated) = (_changed, _restated);
            _changed = [];
            _restated = [];
            return (_table, changed, restated);
        }
    }

    // The signal is left to the collector: a table may be published at this moment.
    public void Dispose() => _registration.Dispose();

    private async Task WaitForAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = time.CreateTimer(_ => Wake(), null, atMost, Timeout.InfiniteTimeSpan);
        await _signal.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    // The generation counts changes of the spec. Labels and annotations are no part of it.
    private static bool SaysTheSame(IngressRouteTable before, IngressRouteTable after, NamespacedName name)
        => before.FindIngress(name) is { } old && after.FindIngress(name) is { } now
            && (ReferenceEquals(old, now)
                || (old.Metadata.Generation is { } generation && generation == now.Metadata.Generation
                    && old.Metadata.Uid == now.Metadata.Uid
                    && AreEqual(old.Metadata.Annotations, now.Metadata.Annotations)
                    && AreEqual(old.Metadata.Labels, now.Metadata.Labels)));

    private static bool AreEqual(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other)
        => one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);

    private void Note(IngressRouteTable table)
    {
        lock (_lock)
        {
            if (_table is { } before && table.ChangesSince(before) is { } changes)
            {
                var isRestated = changes.Resources.All(resource => resource.Kind == IngressKind && SaysTheSame(before, table, new(resource.Namespace, resource.Name)));
                (isRestated ? _restated : _changed)?.UnionWith(changes.Resources.Where(static resource => resource.Kind == IngressKind));
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

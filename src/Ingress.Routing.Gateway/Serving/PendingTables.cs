using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>The tables that came into force and were not reported yet, in order. Thread-safe.</summary>
/// <remarks>
/// Each is kept by itself, so that what one broke and the next one mended is reported. While they are not taken they are bounded: the newest ones are
/// then one step.
/// </remarks>
internal sealed class PendingTables : IDisposable
{
    /// <summary>The most steps that are kept.</summary>
    public const int Limit = 64;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _signal = new(0);
    private List<TableStep> _steps = [];
    private IngressRouteTable? _newest;

    /// <summary>Adds the table that came into force last. In time that grows with what it changes.</summary>
    public void Add(IngressRouteTable table)
    {
        lock (_lock)
        {
            var changed = _newest is null ? null : table.ChangesSince(_newest)?.Resources;
            var step = new TableStep(table, changed);
            _newest = table;

            // What follows a table that everything may differ from has to be compared as a whole too; one comparison is enough.
            if (_steps.Count > 0 && (_steps.Count >= Limit || (changed is null && _steps[^1].Changed is null)))
            {
                _steps[^1] = _steps[^1].Then(step);
                return;
            }

            _steps.Add(step);
            if (_steps.Count == 1)
            {
                _signal.Release();
            }
        }
    }

    /// <summary>Waits for tables, and takes all there are.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<TableStep> Take(CancellationToken cancellationToken)
    {
        _signal.Wait(cancellationToken);
        lock (_lock)
        {
            var taken = _steps;
            _steps = [];
            return taken;
        }
    }

    public void Dispose() => _signal.Dispose();

    /// <summary>A table, and what may be different from the one before.</summary>
    /// <param name="Table">The table.</param>
    /// <param name="Changed">The objects about which something else may be reported; null when anything may be different.</param>
    internal sealed record TableStep(IngressRouteTable Table, IReadOnlyCollection<ResourceReference>? Changed)
    {
        /// <summary>This step and the next one as one.</summary>
        public TableStep Then(TableStep next)
            => new(next.Table, Changed is null || next.Changed is null ? null : Changed.Union(next.Changed).ToHashSet());
    }
}

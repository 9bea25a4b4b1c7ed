namespace Ingress.Routing;

/// <summary>Holds the route table in force and replaces it as a whole.</summary>
/// <remarks>
/// Thread-safe. Reading <see cref="Current"/> never blocks and never waits. A request that needs more than one answer reads it once and
/// keeps the table, so that a change in between cannot give it answers from two generations.
/// </remarks>
public sealed class IngressRouter
{
    private readonly Lock _publishing = new();
    private Action<IngressRouteTable>[] _listeners = [];
    private volatile RouteTableGeneration _generation = new(IngressRouteTable.Empty, 0);

    /// <summary>The route table in force; <see cref="IngressRouteTable.Empty"/> until the first one is published.</summary>
    public IngressRouteTable Current => _generation.Table;

    /// <summary>The route table in force with its number, read at once.</summary>
    public RouteTableGeneration Generation => _generation;

    /// <summary>Whether a table was ever published; until then a gateway is not ready.</summary>
    public bool HasPublished => _generation.Number > 0;

    /// <summary>Puts a table in force by one reference write, then tells the listeners, in the order in which they were added.</summary>
    /// <param name="table">The table that requests see from now on.</param>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> is null.</exception>
    /// <remarks>Tables are published one after the other, so a listener never sees an older table after a newer one.</remarks>
    public void Publish(IngressRouteTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        lock (_publishing)
        {
            _generation = new(table, _generation.Number + 1);
            foreach (var listener in _listeners)
            {
                listener(table);
            }
        }
    }

    /// <summary>Registers a listener and calls it at once with the table in force, if one was published.</summary>
    /// <param name="listener">Called with every table from now on, while publishing waits; it must be quick and must not throw or publish.</param>
    /// <returns>Removes the listener when disposed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="listener"/> is null.</exception>
    public IDisposable OnPublished(Action<IngressRouteTable> listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        lock (_publishing)
        {
            _listeners = [.. _listeners, listener];
            if (HasPublished)
            {
                listener(Current);
            }
        }

        return new Registration(this, listener);
    }

    private void Remove(Action<IngressRouteTable> listener)
    {
        lock (_publishing)
        {
            var index = Array.IndexOf(_listeners, listener);
            if (index >= 0)
            {
                _listeners = [.. _listeners[..index], .. _listeners[(index + 1)..]];
            }
        }
    }

    private sealed class Registration(IngressRouter router, Action<IngressRouteTable> listener) : IDisposable
    {
        private Action<IngressRouteTable>? _listener = listener;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _listener, null) is { } removed)
            {
                router.Remove(removed);
            }
        }
    }
}

namespace Ingress.Routing.Kubernetes.Status;

/// <summary>The addresses at which this controller is reached, as they are known now. Thread-safe.</summary>
internal sealed class PublishedAddresses(AddressSet initial)
{
    private readonly Lock _lock = new();
    private Action[] _listeners = [];
    private volatile AddressSet _current = initial;

    /// <summary>None while they are not known.</summary>
    public AddressSet Current => _current;

    /// <summary>Takes what the watched Service says. That it has no address for the moment changes nothing (K34).</summary>
    public void Set(AddressSet addresses)
    {
        lock (_lock)
        {
            if (addresses.IsEmpty || addresses.Equals(_current))
            {
                return;
            }

            _current = addresses;
            foreach (var listener in _listeners)
            {
                listener();
            }
        }
    }

    /// <summary>Calls back when they are others, until it is disposed of.</summary>
    public IDisposable OnChanged(Action listener)
    {
        lock (_lock)
        {
            _listeners = [.. _listeners, listener];
        }

        return new Registration(this, listener);
    }

    private sealed class Registration(PublishedAddresses owner, Action listener) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._lock)
            {
                owner._listeners = [.. owner._listeners.Where(other => other != listener)];
            }
        }
    }
}

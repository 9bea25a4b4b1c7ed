using Ingress.Routing.Model;

namespace Ingress.Routing.Hosting;

/// <summary>What a source has yielded and is not taken yet. Thread-safe.</summary>
internal sealed class SourceInbox
{
    private readonly Lock _gate = new();
    private readonly PendingChange _changes = new();
    private ClusterSnapshot _taken = ClusterSnapshot.Empty;
    private ClusterSnapshot? _latest;
    private bool _startsAnew;
    private bool _wasTaken;
    private bool _hasYielded;

    /// <summary>Whether the source has ever yielded.</summary>
    public bool HasYielded => Volatile.Read(ref _hasYielded);

    /// <summary>Puts in a snapshot, which stands for itself.</summary>
    /// <returns>Whether it is another one than before.</returns>
    public bool Put(ClusterSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        lock (_gate)
        {
            if (ReferenceEquals(snapshot, _latest))
            {
                return false;
            }

            _latest = snapshot;
            Volatile.Write(ref _hasYielded, true);
            return true;
        }
    }

    /// <summary>Puts in a change.</summary>
    /// <param name="change">The change.</param>
    /// <param name="startsAnew">Whether it leads from nothing to everything, and not on from the one before.</param>
    /// <exception cref="ArgumentException">It holds null, which would be noticed too late to have it again.</exception>
    public void Put(ClusterChange change, bool startsAnew)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.Upserted is null
            || change.Removed is null
            || change.Upserted.Any(static resource => resource is null)
            || change.SourceDiagnostics?.Any(static diagnostic => diagnostic is null) is true)
        {
            throw new ArgumentException("A change holds null.", nameof(change));
        }

        lock (_gate)
        {
            if (startsAnew)
            {
                _changes.Clear();
                _startsAnew = true;
            }

            _changes.Add(change);
            Volatile.Write(ref _hasYielded, true);
        }
    }

    /// <summary>Takes what has come since the last call, as one change. When that fails, nothing is taken.</summary>
    /// <param name="held">Gives what was taken so far; asked when a source of changes has started anew.</param>
    public ClusterChange Take(Func<ClusterSnapshot> held)
    {
        lock (_gate)
        {
            ClusterChange change;
            if (_latest is { } latest)
            {
                change = ReferenceEquals(latest, _taken) ? ClusterChange.None : ClusterChange.Between(_taken, latest);
                _taken = latest;
                return change;
            }

            change = _changes.ToChange();
            if (_startsAnew && _wasTaken)
            {
                change = ClusterChange.Between(held(), ClusterSnapshot.Empty.Apply(change));
            }

            _changes.Clear();
            _startsAnew = false;
            _wasTaken = true;
            return change;
        }
    }
}

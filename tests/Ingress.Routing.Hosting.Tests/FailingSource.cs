using System.Threading.Channels;

namespace Ingress.Routing.Hosting.Tests;

/// <summary>A source of which each call fails on command.</summary>
internal sealed class FailingSource : IIngressSource
{
    private readonly Channel<ClusterSnapshot?> _snapshots = Channel.CreateUnbounded<ClusterSnapshot?>();
    private FailingMoment? _moment;
    private int _failures;

    /// <summary>How often it has failed.</summary>
    public int Failures => Volatile.Read(ref _failures);

    private bool IsFailing
    {
        get
        {
            lock (_snapshots)
            {
                return _moment is not null;
            }
        }
    }

    private bool EndsNow
    {
        get
        {
            lock (_snapshots)
            {
                return _moment is FailingMoment.End;
            }
        }
    }

    /// <summary>Yields something; nothing is lost while it fails.</summary>
    public void Yield(ClusterSnapshot snapshot) => _snapshots.Writer.TryWrite(snapshot);

    /// <summary>Fails at a moment from now on; null works.</summary>
    public void FailAt(FailingMoment? moment)
    {
        lock (_snapshots)
        {
            _moment = moment;
        }

        _snapshots.Writer.TryWrite(null); // has it go on to the next call
    }

    /// <inheritdoc />
    public IAsyncEnumerable<ClusterSnapshot> WatchAsync(CancellationToken cancellationToken)
    {
        ThrowAt(FailingMoment.Watch);
        return new Enumeration(this);
    }

    private bool IsAt(FailingMoment moment)
    {
        lock (_snapshots)
        {
            if (_moment != moment)
            {
                return false;
            }

            _failures++;
            return true;
        }
    }

    private void ThrowAt(FailingMoment moment)
    {
        if (IsAt(moment))
        {
            throw new IOException($"failed at {moment}");
        }
    }

    private sealed class Enumeration(FailingSource source) : IAsyncEnumerable<ClusterSnapshot>, IAsyncEnumerator<ClusterSnapshot>
    {
        private CancellationToken _cancellationToken;
        private ClusterSnapshot? _current;

        public ClusterSnapshot Current
        {
            get
            {
                source.ThrowAt(FailingMoment.Take);
                return source.IsAt(FailingMoment.Null) ? null! : _current!;
            }
        }

        public IAsyncEnumerator<ClusterSnapshot> GetAsyncEnumerator(CancellationToken cancellationToken)
        {
            source.ThrowAt(FailingMoment.Enumerate);
            _cancellationToken = cancellationToken;
            return this;
        }

        public ValueTask<bool> MoveNextAsync()
        {
            source.ThrowAt(FailingMoment.Move);
            return MoveAsync();
        }

        public ValueTask DisposeAsync()
        {
            source.ThrowAt(FailingMoment.End);
            return ValueTask.CompletedTask;
        }

        private async ValueTask<bool> MoveAsync()
        {
            while (true)
            {
                source.ThrowAt(FailingMoment.Wait);
                if (source.IsFailing)
                {
                    return source.EndsNow ? throw new IOException("failed, and will when it is ended") : true;
                }

                if (await source._snapshots.Reader.ReadAsync(_cancellationToken) is { } snapshot)
                {
                    _current = snapshot;
                    return true;
                }

                // Asked again for what comes next, so that a failure set meanwhile shows.
                if (source.IsFailing)
                {
                    throw new IOException("begins to fail");
                }
            }
        }
    }
}

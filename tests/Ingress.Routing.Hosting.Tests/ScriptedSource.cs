using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Ingress.Routing.Hosting.Tests;

/// <summary>A source that yields, fails and ends on command. What is queued while nobody watches is kept.</summary>
internal sealed class ScriptedSource : IIngressSource
{
    private readonly Channel<Func<ClusterSnapshot?>> _script = Channel.CreateUnbounded<Func<ClusterSnapshot?>>();
    private int _watches;

    /// <summary>How often the source was watched.</summary>
    public int Watches => Volatile.Read(ref _watches);

    public void Yield(ClusterSnapshot snapshot) => _script.Writer.TryWrite(() => snapshot);

    public void Fail(Exception exception) => _script.Writer.TryWrite(() => throw exception);

    public void End() => _script.Writer.TryWrite(() => null);

    public async IAsyncEnumerable<ClusterSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _watches);
        await foreach (var step in _script.Reader.ReadAllAsync(cancellationToken))
        {
            if (step() is not { } snapshot)
            {
                yield break;
            }

            yield return snapshot;
        }
    }
}

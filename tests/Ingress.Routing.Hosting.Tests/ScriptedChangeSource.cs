using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ingress.Routing.Model;

namespace Ingress.Routing.Hosting.Tests;

/// <summary>A source of changes that yields and fails on command. What is queued while nobody watches is kept.</summary>
internal sealed class ScriptedChangeSource : IIngressChangeSource
{
    private readonly Channel<Func<ClusterChange>> _script = Channel.CreateUnbounded<Func<ClusterChange>>();
    private int _watches;

    /// <summary>How often the source was watched.</summary>
    public int Watches => Volatile.Read(ref _watches);

    public void Upsert(params KubernetesResource[] resources) => Yield(new() { Upserted = resources });

    public void Yield(ClusterChange change) => Make(() => change);

    public void Make(Func<ClusterChange> change) => _script.Writer.TryWrite(change);

    public void Fail(Exception exception) => _script.Writer.TryWrite(() => throw exception);

    public async IAsyncEnumerable<ClusterChange> WatchChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _watches);
        await foreach (var step in _script.Reader.ReadAllAsync(cancellationToken))
        {
            yield return step();
        }
    }
}

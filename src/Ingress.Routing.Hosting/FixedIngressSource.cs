using System.Runtime.CompilerServices;

namespace Ingress.Routing.Hosting;

/// <summary>Yields one snapshot and nothing more.</summary>
internal sealed class FixedIngressSource(ClusterSnapshot snapshot) : IIngressSource
{
    public async IAsyncEnumerable<ClusterSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return snapshot;
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
    }
}


namespace Ingress.Routing.Hosting;

/// <summary>Somewhere that resources come from.</summary>
/// <remarks>
/// Level-triggered: every item is the whole truth of this source, so that a missed or repeated item does no harm. An unchanged object is the
/// same instance from one item to the next. A source that cannot read something keeps its last good version of it, and says so in
/// <see cref="ClusterSnapshot.SourceDiagnostics"/>.
/// </remarks>
public interface IIngressSource
{
    /// <summary>Yields what the source holds now, and then again after every change.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>Snapshots, the first one as soon as there is one. The enumeration ends only when it is cancelled or fails.</returns>
    IAsyncEnumerable<ClusterSnapshot> WatchAsync(CancellationToken cancellationToken);
}

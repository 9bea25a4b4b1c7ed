using System.Runtime.CompilerServices;

namespace Ingress.Routing.Hosting;

/// <summary>A source that knows what has changed, so that a change costs what it touches however many objects there are.</summary>
/// <remarks>
/// <para>
/// A source that only knows what it holds implements <see cref="IIngressSource"/>, and the host compares. This one is for sources that are
/// told of single objects, like the watch of a cluster. It is registered in the same way, and <see cref="IIngressSource.WatchAsync"/> need
/// not be implemented: it follows from the changes.
/// </para>
/// <para>
/// Changes build on one another, so none may be missed or yielded twice. A source that has lost track ends the enumeration with an
/// exception. What it held stays in force, and it is watched again after a while: the first item of the new enumeration says everything
/// anew, and what it does not mention is taken out.
/// </para>
/// </remarks>
public interface IIngressChangeSource : IIngressSource
{
    /// <summary>Yields everything the source holds, and then what changes.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>
    /// Changes. The first leads from nothing to everything, and comes as soon as everything is known; each further one leads on from the
    /// one before, and is put in force whole. The enumeration ends only when it is cancelled or fails.
    /// </returns>
    IAsyncEnumerable<ClusterChange> WatchChangesAsync(CancellationToken cancellationToken);

    /// <inheritdoc />
    async IAsyncEnumerable<ClusterSnapshot> IIngressSource.WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var snapshot = ClusterSnapshot.Empty;
        await foreach (var change in WatchChangesAsync(cancellationToken).ConfigureAwait(false))
        {
            snapshot = snapshot.Apply(change);
            yield return snapshot;
        }
    }
}

namespace Ingress.Routing.Acme;

/// <summary>Where account, keys, orders and certificates are kept, so that nothing is ordered twice.</summary>
/// <remarks>
/// Register one as a singleton to keep them somewhere else than in <see cref="AcmeOptions.StorageFolder"/>, for instance in Secrets of a cluster.
/// Several processes may share one: whoever holds the lease orders, all others serve what was issued and answer challenges.
/// Has to be thread-safe. Items contain private keys: nobody but the owner may read them, and they must not be logged.
/// </remarks>
public interface IAcmeStorage
{
    /// <summary>How long after a write another process may still not have seen it; challenges wait that long before the CA is told of them.</summary>
    TimeSpan PropagationDelay => TimeSpan.Zero;

    /// <summary>Takes the right to order, unless somebody else has it.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The right, until it is disposed or lost; null when somebody else has it. It has to end with the process that has it.</returns>
    /// <exception cref="IOException">The storage cannot be used now; it is tried again.</exception>
    ValueTask<IAcmeLease?> TryAcquireAsync(CancellationToken cancellationToken);

    /// <summary>Reads everything.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>All items. One that is there and cannot be read has a <see cref="AcmeItem.Problem"/> and no content.</returns>
    /// <exception cref="IOException">Nothing can be read now; it is tried again.</exception>
    ValueTask<IReadOnlyList<AcmeItem>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Writes an item whole: whoever reads, and whatever ends this process, finds either the old or the new one.</summary>
    /// <param name="item">The item, with its content.</param>
    /// <param name="cancellationToken">Gives up, before or after the write.</param>
    /// <exception cref="IOException">It cannot be written. What is to be kept before a step is taken is not taken then.</exception>
    ValueTask WriteAsync(AcmeItem item, CancellationToken cancellationToken);

    /// <summary>Removes an item; one that is not there is fine.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">It cannot be removed.</exception>
    ValueTask DeleteAsync(AcmeItemKind kind, string name, CancellationToken cancellationToken);

    /// <summary>Waits until somebody else may have changed something.</summary>
    /// <param name="cancellationToken">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    Task WaitForChangeAsync(CancellationToken cancellationToken);
}

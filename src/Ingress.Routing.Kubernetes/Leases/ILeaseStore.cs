namespace Ingress.Routing.Kubernetes.Leases;

/// <summary>Where the Lease is kept. No answer of it throws, but for being cancelled.</summary>
internal interface ILeaseStore
{
    Task<LeaseAnswer> ReadAsync(CancellationToken cancellationToken);

    Task<LeaseAnswer> CreateAsync(LeaseRecord record, CancellationToken cancellationToken);

    /// <summary>Replaces a Lease, if nobody has replaced it before.</summary>
    Task<LeaseAnswer> ReplaceAsync(StoredLease known, LeaseRecord record, CancellationToken cancellationToken);
}

namespace Ingress.Routing.Kubernetes.Leases;

/// <summary>What became of a request about the Lease.</summary>
/// <param name="Lease">The Lease that is stored now, after a success.</param>
/// <param name="IsMissing">There is none.</param>
/// <param name="IsConflict">Somebody else was faster.</param>
/// <param name="Problem">Why nothing is known.</param>
internal readonly record struct LeaseAnswer(StoredLease? Lease, bool IsMissing = false, bool IsConflict = false, string? Problem = null);

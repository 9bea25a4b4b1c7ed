namespace Ingress.Routing.Kubernetes.Leases;

/// <summary>Who leads, as a Lease says it. The fields and their use are those of client-go (K36).</summary>
/// <param name="Holder">The identity of the leader; empty when there is none.</param>
/// <param name="DurationSeconds">How long the others wait after the record changed for the last time.</param>
/// <param name="Acquired">When the leader became the leader, by its clock.</param>
/// <param name="Renewed">When it last said that it lives, by its clock.</param>
/// <param name="Transitions">How often the leader changed.</param>
internal sealed record LeaseRecord(string Holder, int DurationSeconds, DateTimeOffset? Acquired, DateTimeOffset? Renewed, int Transitions)
{
    /// <summary>Whether nobody holds it.</summary>
    public bool IsFree => Holder.Length == 0;
}

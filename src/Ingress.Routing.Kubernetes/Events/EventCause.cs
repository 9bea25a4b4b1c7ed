namespace Ingress.Routing.Kubernetes.Events;

/// <summary>One thing that is to be told about one object. Equal as long as it is the same (K41: one event a cause and object).</summary>
/// <param name="Ingress">The Ingress.</param>
/// <param name="Uid">Which object of this name.</param>
/// <param name="Reason">Why.</param>
/// <param name="Note">What, and where.</param>
internal sealed record EventCause(NamespacedName Ingress, string? Uid, EventReason Reason, string Note);

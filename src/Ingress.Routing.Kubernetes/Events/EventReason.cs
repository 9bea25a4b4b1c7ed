namespace Ingress.Routing.Kubernetes.Events;

/// <summary>Why an event is written about an Ingress (K41). The names are those that users see.</summary>
internal enum EventReason
{
    /// <summary>The Ingress, or a part of it, is invalid or is not served.</summary>
    Rejected,

    /// <summary>Another Ingress owns what this one claims.</summary>
    Conflict,

    /// <summary>Something that it refers to has been missing for a while.</summary>
    Unresolved,
}

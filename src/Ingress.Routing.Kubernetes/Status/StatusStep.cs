namespace Ingress.Routing.Kubernetes.Status;

/// <summary>What is to be done about the status of an Ingress.</summary>
/// <param name="Write">The addresses to write: none of them takes ours out; null when nothing is to be written.</param>
/// <param name="Remember">What to remember from now on; null when there is nothing.</param>
/// <param name="LookAgainAfter">When to look again, although nothing may have changed.</param>
/// <param name="IsOverwritten">Whether somebody else put something in the place of what we wrote.</param>
internal readonly record struct StatusStep(
    AddressSet? Write, StatusMemory? Remember, TimeSpan? LookAgainAfter = null, bool IsOverwritten = false);

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>An attempt that was followed by another one.</summary>
/// <param name="Endpoint">The address of the endpoint.</param>
/// <param name="Cause">What went wrong, for people.</param>
internal readonly record struct FailedTry(string Endpoint, string Cause);

namespace Ingress.Routing;

/// <summary>How much of equal requests one backend gets. A value.</summary>
/// <param name="Service">The Service port.</param>
/// <param name="Share">More than 0, and at most 1.</param>
/// <param name="Reason">What decides.</param>
/// <param name="IsCanary">Whether it is the canary.</param>
public readonly record struct BackendShare(ServiceReference Service, double Share, BackendReason Reason, bool IsCanary);

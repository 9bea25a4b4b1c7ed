namespace Ingress.Routing.Matching;

/// <summary>All rules of one host: it owns every path of the host, so a request that it does not answer is tried nowhere else (D5b).</summary>
/// <param name="routes">The paths that can be chosen, by precedence.</param>
/// <param name="defaultBackend">The host-scoped default backend (D14, step 2), if there is one.</param>
internal sealed class HostBucket(IReadOnlyList<IngressRoute> routes, IngressRoute? defaultBackend)
{
    public IReadOnlyList<IngressRoute> Routes { get; } = routes;

    public PathTable Paths { get; } = new(routes);

    public IngressRoute? DefaultBackend { get; } = defaultBackend;
}

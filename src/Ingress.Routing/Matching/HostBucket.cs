namespace Ingress.Routing.Matching;

/// <summary>All rules of one host: it owns every path of the host, so a request that it does not answer is tried nowhere else (D5b).</summary>
/// <param name="paths">The paths.</param>
/// <param name="defaultBackend">The host-scoped default backend (D14, step 2), if there is one.</param>
internal sealed class HostBucket(PathTable paths, IngressRoute? defaultBackend)
{
    public PathTable Paths { get; } = paths;

    public IngressRoute? DefaultBackend { get; } = defaultBackend;
}

using Ingress.Routing.Compilation;
using Ingress.Routing.Matching;

namespace Ingress.Routing.Tests.Matching;

/// <summary>Buckets without the Ingresses that they would come from.</summary>
internal static class Buckets
{
    public static HostBucket Of(string id, string path) => Of(id, [path], null);

    /// <param name="paths">Prefix paths; those that begin with <c>=</c> are Exact.</param>
    public static HostBucket Of(string id, IEnumerable<string> paths, string? defaultBackend)
        => new(
            RoutePrecedence.Sort(paths.Select(path => Route(id, path))),
            defaultBackend is null ? null : new IngressRoute(defaultBackend));

    public static IngressRoute Route(string id, string path)
        => new(id) { Path = path.TrimStart('='), PathType = path.StartsWith('=') ? PathType.Exact : PathType.Prefix };
}

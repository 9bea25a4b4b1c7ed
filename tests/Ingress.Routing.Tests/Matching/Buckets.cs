using Ingress.Routing.Compilation;
using Ingress.Routing.Matching;
using Ingress.Routing.Policies;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Matching;

/// <summary>Buckets without the clusters that they would come from.</summary>
internal static class Buckets
{
    public static HostBucket Of(string id, string path) => Of(id, [path], null);

    /// <param name="paths">Prefix paths; those that begin with <c>=</c> are Exact.</param>
    public static HostBucket Of(string id, IEnumerable<string> paths, string? defaultBackend)
        => new(
            RoutePrecedence.Sort([.. paths.Select(path => Route(id, path))]),
            defaultBackend is null
                ? HostScope.None
                : new(RouteFactory.ForDefaultBackend(Some.Ingress(defaultBackend, defaultBackend: Some.Backend("web")), null), HostPolicies.None));

    public static IngressRoute Route(string id, string path)
    {
        var written = path.StartsWith('=') ? Some.Exact(path[1..]) : Some.Prefix(path);
        return RouteFactory.ForPath(Some.Ingress(id, [Some.Rule("h.test", written)]), 0, 0, null, RoutePolicies.None, RouteTableOptions.Default);
    }
}

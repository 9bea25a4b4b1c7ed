namespace Ingress.Routing.Compilation;

/// <summary>The order in which the paths of one host are considered (D6).</summary>
/// <remarks>
/// (1) Exact before the others; (2) the longer canonical path, a trailing slash included; (3) Prefix before ImplementationSpecific.
/// Steps 4 and 5, age and list order, are settled before: of equal claims only the first is kept.
/// </remarks>
internal static class RoutePrecedence
{
    public static List<IngressRoute> Sort(IEnumerable<IngressRoute> routes)
        => [.. routes
            .OrderByDescending(static route => route.PathType == PathType.Exact)
            .ThenByDescending(static route => route.Path!.Length)
            .ThenBy(static route => route.Path, StringComparer.Ordinal)
            .ThenByDescending(static route => route.PathType == PathType.Prefix)];
}

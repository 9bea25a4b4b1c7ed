namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Finds the routes that requests with one Host can reach, by asking the table itself.</summary>
internal static class ReachableRoutes
{
    /// <summary>Finds them.</summary>
    /// <param name="table">The table.</param>
    /// <param name="host">A Host header.</param>
    /// <returns>Routes of the table, in its order.</returns>
    public static IReadOnlyList<IngressRoute> Find(IngressRouteTable table, string host)
    {
        var fresh = FreshElement(table);
        return [.. table.Routes.Distinct().Where(route => Witnesses(route, fresh)
            .Any(target => table.Match(host, target + route.Conditions.ExampleQuery, route.Conditions.Example).Route == route))];
    }

    // Whatever path a route can answer, it answers one of these too: its own path, the same with a slash, or something below it
    // that no rule names. A default backend answers what no rule names at all.
    private static IEnumerable<string> Witnesses(IngressRoute route, string fresh)
    {
        if (route.Path is not { } path)
        {
            return ["/", "/" + fresh];
        }

        var parent = path.TrimEnd('/');
        return [path, parent.Length == 0 ? "/" : parent, parent + "/", $"{parent}/{fresh}"];
    }

    // An element longer than every rule path is part of none.
    private static string FreshElement(IngressRouteTable table)
        => new('x', 1 + table.Routes.Select(route => route.Path?.Length ?? 0).DefaultIfEmpty().Max());
}

namespace Ingress.Routing.Matching;

/// <summary>All rules of one host: it owns every path of the host, so a request that it does not answer is tried nowhere else (D5b).</summary>
/// <param name="routes">The paths that can be chosen, by precedence (D6): at most one Exact for each path, and one other for
/// each prefix key, not counting those with conditions.</param>
/// <param name="scope">What belongs to the host, whatever the path.</param>
internal sealed class HostBucket(IReadOnlyList<IngressRoute> routes, HostScope scope) : IHostEntry<HostBucket>
{
    public static HostBucket Empty { get; } = new([], HostScope.None);

    public IReadOnlyList<IngressRoute> Routes { get; } = routes;

    public HostScope Scope { get; } = scope;

    public IngressRoute? DefaultBackend => Scope.DefaultBackend;

    /// <summary>Whether more decides about some of its requests than host and path as text: conditions, or regular expressions.</summary>
    public bool HasChoices { get; } = routes.Any(static route => route.Conditions.Count > 0 || route.Pattern is not null);

    public static HostBucket FromCells(HostCell[] cells) => new(RouteEntries.Expand(PathTable.RoutesOf(cells)), (HostScope)cells[0].Item!);

    public HostCell[] ToCells(HostName host, TextHash hash)
    {
        var paths = PathTable.Of(RouteEntries.Of(this, isHostless: host.Text.IsEmpty), hash);
        var cells = new HostCell[1 + paths.Length + host.TailLength];
        cells[0] = new HostCell(Scope, host.Head);
        paths.CopyTo(cells.AsSpan(1));
        host.WriteTail(cells);
        return cells;
    }
}

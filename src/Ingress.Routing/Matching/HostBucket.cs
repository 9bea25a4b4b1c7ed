namespace Ingress.Routing.Matching;

/// <summary>All rules of one host: it owns every path of the host, so a request that it does not answer is tried nowhere else (D5b).</summary>
/// <param name="routes">The paths that can be chosen, by precedence (D6): at most one Exact for each path, and one other for
/// each prefix key, not counting those with conditions.</param>
/// <param name="defaultBackend">The host-scoped default backend (D14, step 2), if there is one.</param>
internal sealed class HostBucket(IReadOnlyList<IngressRoute> routes, IngressRoute? defaultBackend) : IHostEntry<HostBucket>
{
    public static HostBucket Empty { get; } = new([], null);

    public IReadOnlyList<IngressRoute> Routes { get; } = routes;

    public IngressRoute? DefaultBackend { get; } = defaultBackend;

    /// <summary>Whether more decides about some of its requests than host and path as text: conditions, or regular expressions.</summary>
    public bool HasChoices { get; } = routes.Any(static route => route.Conditions.Count > 0 || route.Pattern is not null);

    public static HostBucket FromCells(HostCell[] cells) => new(RouteEntries.Expand(PathTable.RoutesOf(cells)), (IngressRoute?)cells[0].Item);

    public HostCell[] ToCells(HostName host, TextHash hash)
    {
        var paths = PathTable.Of(RouteEntries.Of(this, isHostless: host.Text.IsEmpty), hash);
        var cells = new HostCell[1 + paths.Length + host.TailLength];
        cells[0] = new HostCell(DefaultBackend, host.Head);
        paths.CopyTo(cells.AsSpan(1));
        host.WriteTail(cells);
        return cells;
    }
}

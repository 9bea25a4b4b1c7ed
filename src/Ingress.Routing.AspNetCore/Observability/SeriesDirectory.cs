using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Ingress.Routing.AspNetCore;

/// <summary>All sets of labels, up to a bound. What comes later shares one set, so that no number of Ingresses fills the memory of who collects.</summary>
/// <remarks>
/// Collectors keep a set that they have once seen, so one that is gone keeps its place: the bound is on the names that a process has
/// served. A name that comes back has the place that it had.
/// </remarks>
internal sealed class SeriesDirectory(int limit)
{
    public const string Other = "other";

    private readonly ConcurrentDictionary<(string Route, string Service), RequestSeries> _series = new();
    private readonly ConditionalWeakTable<IngressRoute, RouteSeries> _routes = [];
    private readonly RequestSeries _other = new(Other, Other, Other);
    private int _count;

    /// <summary>For requests that no route takes.</summary>
    public RequestSeries None { get; } = new("none", "none", "none");

    /// <summary>All of routes.</summary>
    public IEnumerable<RequestSeries> All => [.. _series.Values, .. _count > limit ? [_other] : Array.Empty<RequestSeries>()];

    /// <summary>Those of a route. Found without a lock, and gone with the route.</summary>
    public RouteSeries Of(IngressRoute route)
        => _routes.TryGetValue(route, out var series) ? series : _routes.GetValue(route, added => new(added, this));

    public RequestSeries Find(string route, string ingress, string service)
    {
        if (_series.TryGetValue((route, service), out var known))
        {
            return known;
        }

        // Counted first: of two that come at once, one may be refused a place too many, and never given one.
        if (Interlocked.Increment(ref _count) > limit)
        {
            Volatile.Write(ref _count, limit + 1);
            return _other;
        }

        var added = new RequestSeries(route, ingress, service);
        var winner = _series.GetOrAdd((route, service), added);
        if (!ReferenceEquals(winner, added))
        {
            Interlocked.Decrement(ref _count);
        }

        return winner;
    }
}

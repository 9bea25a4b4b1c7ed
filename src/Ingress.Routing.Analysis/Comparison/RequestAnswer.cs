using Ingress.Routing.Model;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Comparison;

/// <summary>What a table does with a request, seen from outside: the backend that gets it, or the status that is answered instead.</summary>
/// <remarks>
/// Which Ingress the backend is named by, in which rule, and whether as a default backend does not matter to a client, so it does not
/// matter here. What the policies of the route do does. A backend is its namespace, name and port as written: <c>web:80</c> and <c>web:http</c> are two. Immutable.
/// </remarks>
public sealed class RequestAnswer
{
    private RequestAnswer(
        IngressMatchStatus status,
        IngressRoute? route,
        DestinationStatus? destinations,
        int? statusCode,
        IReadOnlyList<RequestAnswer>? alternatives = null)
    {
        Alternatives = alternatives ?? [];
        Status = status;
        Route = route;
        Destinations = destinations;
        StatusCode = statusCode;
        Backend = route is not null ? BackendOf(route) : status switch
        {
            IngressMatchStatus.BadRequest => "400",
            IngressMatchStatus.PatternTimeout => "503",
            _ => "404",
        };
        Key = Alternatives.Count > 0 ? string.Join('\n', Alternatives.Select(static answer => $"{answer.Conditions} {answer.Key}"))
            : route is not null ? KeyOf(route)
            : Backend;
    }

    /// <summary>The kind of outcome.</summary>
    public IngressMatchStatus Status { get; }

    /// <summary>The route that takes the request; null for 404 and 400.</summary>
    public IngressRoute? Route { get; }

    /// <summary>The Service port that gets the request, if any.</summary>
    public ServiceReference? Service => Route?.Service;

    /// <summary>The resource that gets the request, if any; it lives in the namespace of <see cref="Route"/>'s Ingress.</summary>
    public TypedLocalObjectReference? Resource => Route?.Resource;

    /// <summary>Whether the Service port has a destination; null without a Service.</summary>
    public DestinationStatus? Destinations { get; }

    /// <summary>
    /// What is answered when no backend can be asked: 400, 404, or 503 where a backend has no destination or is of a kind that is not served;
    /// null when the backend answers.
    /// </summary>
    public int? StatusCode { get; }

    /// <summary>Where the route was written; null when it came from no file.</summary>
    public SourceLocation? Location => Route?.Source.Location;

    /// <summary>The backend as <c>namespace/service:port</c>, several of them with their shares, or <c>kind namespace/name</c>; else <c>404</c> or <c>400</c>.</summary>
    public string Backend { get; }

    /// <summary>
    /// What is answered under conditions: the first whose <see cref="Conditions"/> a request meets, the last without any. Empty when the
    /// answer depends on host and path alone; otherwise the answer itself is that for GET without headers and query.
    /// </summary>
    public IReadOnlyList<RequestAnswer> Alternatives { get; }

    /// <summary>The conditions of the route; none without a route.</summary>
    public RouteConditions Conditions => Route?.Conditions ?? RouteConditions.None;

    /// <summary>The policies of the route; none without a route.</summary>
    public RoutePolicies Policies => Route?.Policies ?? RoutePolicies.None;

    /// <summary>
    /// Tells answers apart: equal exactly when the same backend gets the request by the same policies, or when the same status is answered
    /// without any.
    /// </summary>
    internal string Key { get; }

    /// <summary>Whether a client would be sent to the same backend, or get the same status without any.</summary>
    /// <param name="other">Another answer.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public bool IsSameAs(RequestAnswer other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Key == other.Key;
    }

    /// <summary>Returns the backend, and the policies in parentheses if there are any.</summary>
    public override string ToString()
        => Alternatives.Count > 0
            ? string.Join("; ", Alternatives.Select(static answer => answer.Conditions.Count > 0 ? $"with {answer.Conditions}: {answer}" : $"else {answer}"))
            : Policies.IsEmpty ? Backend : $"{Backend} ({Policies})";

    /// <summary>What tells the answers of routes apart.</summary>
    internal static string KeyOf(IngressRoute route)
    {
        if (route.Policies.IsEmpty)
        {
            return BackendOf(route);
        }

        var path = route.Policies.All.Any(static policy => policy.UsesRoutePath) ? (route.Pattern is null ? "" : "~") + route.Path : "";
        return $"{BackendOf(route)} {path} ({route.Policies})";
    }

    /// <summary>The backend of a route.</summary>
    internal static string BackendOf(IngressRoute route) => route switch
    {
        { Split: { } split } => split.ToString(),
        { Service: { } service } => service.ToString(),
        { Resource: { } resource } => $"{new ResourceKind(resource.ApiGroup, resource.Kind!)} {new NamespacedName(route.Source.Name.Namespace, resource.Name)}",
        _ => throw new ArgumentException("A route has a Service or a resource.", nameof(route)),
    };

    /// <summary>The answer to all requests with a host and target, whatever else they have.</summary>
    internal static RequestAnswer Of(IngressRouteTable table, string? host, string target)
    {
        var match = table.Match(host, target);
        if (!table.HasChoices || match.Status == IngressMatchStatus.BadRequest)
        {
            return Of(table, match);
        }

        var candidates = table.Candidates(host, target);
        if (candidates is [{ Conditions.Count: 0 } or null])
        {
            return Of(table, match);
        }

        var plain = Of(table, match);
        return new(plain.Status, plain.Route, plain.Destinations, plain.StatusCode, [.. candidates.Select(route => OfRoute(table, route))]);
    }

    private static RequestAnswer OfRoute(IngressRouteTable table, IngressRoute? route)
    {
        var status = route is null ? IngressMatchStatus.NotFound : route.Path is null ? IngressMatchStatus.DefaultBackend : IngressMatchStatus.Rule;
        return Of(table, new IngressMatch(status, route, null, default, default));
    }

    internal static RequestAnswer Of(IngressRouteTable table, IngressMatch match) => match switch
    {
        { Status: IngressMatchStatus.BadRequest } => new(match.Status, null, null, 400),
        { Status: IngressMatchStatus.PatternTimeout } => new(match.Status, null, null, 503),
        { Route: null } => new(match.Status, null, null, 404),
        { Route.Policies.IsClosed: true } => new(match.Status, match.Route, null, 503),
        { Route.Service: { } service } when table.GetDestinations(service).Status is var status
            => new(match.Status, match.Route, status, status == DestinationStatus.Ready ? null : 503),
        { Route.Resource: var resource }
            => new(match.Status, match.Route, null, table.Options.ResourceKinds.Contains(new(resource!.ApiGroup, resource.Kind!)) ? null : 503),
    };
}

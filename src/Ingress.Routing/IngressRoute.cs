using Ingress.Routing.Matching;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;

namespace Ingress.Routing;

/// <summary>One compiled path of a rule, or one compiled default backend.</summary>
/// <remarks>
/// Immutable. It holds only what is valid; exactly one of <see cref="Service"/> and <see cref="Resource"/> is set. A route that a change
/// leaves alone is the same instance in the next table.
/// </remarks>
public sealed class IngressRoute
{
    private string? _id;

    internal IngressRoute(RouteSource source, ServiceReference? service)
    {
        Source = source;
        Service = service;
    }

    /// <summary>The same route with another canary.</summary>
    internal IngressRoute(IngressRoute other, CanaryBackend? canary)
        : this(other)
    {
        Split = canary is not null ? (other.Split ?? new([new(other.Service!, 1)])).With(canary)
            : other.Split!.Backends.Count > 1 ? other.Split.With(null)
            : null;
    }

    /// <summary>The same route with other policies.</summary>
    internal IngressRoute(IngressRoute other, RoutePolicies policies)
        : this(other) => Policies = policies;

    /// <summary>What the matcher finds where several routes share a path; it is resolved before a route is given to anybody.</summary>
    internal IngressRoute(IngressRoute first, RouteAlternatives alternatives)
        : this(first) => Alternatives = alternatives;

    private IngressRoute(IngressRoute other)
    {
        Source = other.Source;
        Host = other.Host;
        Path = other.Path;
        PathAsWritten = other.PathAsWritten;
        PathType = other.PathType;
        Pattern = other.Pattern;
        Conditions = other.Conditions;
        Service = other.Service;
        Resource = other.Resource;
        Split = other.Split;
        Policies = other.Policies;
    }

    /// <summary>
    /// Names the route in logs and metrics: <c>namespace/name/rule/path</c> with the indices of rule and path, <c>namespace/name/rule/host</c> for what
    /// annotations add to a host, <c>namespace/name/default</c>,
    /// or <c>default</c> for the configured default backend. Stable as long as the Ingress is not reordered.
    /// </summary>
    public string Id => _id ??= Source.Id;

    /// <summary>Where it comes from.</summary>
    public RouteSource Source { get; }

    /// <summary>The host of the rule; null for the host-less bucket and for a default backend.</summary>
    public string? Host { get; internal init; }

    /// <summary>
    /// The canonical path (D8), a trailing slash kept; the path as it was written when it is a <see cref="Pattern"/>; null for a default backend.
    /// </summary>
    public string? Path { get; internal init; }

    /// <summary>The path as it was written, <c>/</c> when none was; null for a default backend.</summary>
    public string? PathAsWritten { get; internal init; }

    /// <summary>How the path is compared, unless it is a <see cref="Pattern"/>; meaningless for a default backend.</summary>
    public PathType PathType { get; internal init; }

    /// <summary>The regular expression that the path is; null when it is literal text, as nearly all are.</summary>
    public PathPattern? Pattern { get; internal init; }

    /// <summary>What a request must be besides that, for the route to take it. Nothing for nearly all routes.</summary>
    public RouteConditions Conditions { get; internal init; } = RouteConditions.None;

    /// <summary>The Service port that serves the route, if <see cref="Split"/> names no others; null when a resource does.</summary>
    public ServiceReference? Service { get; }

    /// <summary>The resource that serves the route, in the namespace of <see cref="Source"/>; null when a Service does.</summary>
    public TypedLocalObjectReference? Resource { get; internal init; }

    /// <summary>What is done with its requests besides choosing the backend.</summary>
    public RoutePolicies Policies { get; internal init; } = RoutePolicies.None;

    /// <summary>How its requests are shared among several Services; null when <see cref="Service"/> or <see cref="Resource"/> gets all of them.</summary>
    public TrafficSplit? Split { get; internal init; }

    /// <summary>All Service ports that can get its requests, by its policies too, each once.</summary>
    public IEnumerable<ServiceReference> Services
    {
        get
        {
            var backends = Split is not null ? Split.Services : Service is null ? [] : [Service];
            return Policies.IsEmpty ? backends : backends.Union(Policies.Services);
        }
    }

    /// <summary>Whether it is compared with the whole path of a request.</summary>
    internal bool IsExact => PathType == PathType.Exact && Pattern is null;

    /// <summary>The routes among which the matcher has to choose; null for every route that can be given to anybody.</summary>
    internal RouteAlternatives? Alternatives { get; }

    /// <summary>Returns the id.</summary>
    public override string ToString() => Id;
}

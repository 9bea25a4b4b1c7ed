using Ingress.Routing.Compilation;
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
    private const int NoRule = -1;

    // What the Ingress says is not copied: there is one of these for each path.
    private readonly int _rule = NoRule;
    private readonly int _path = NoRule;
    private string? _id;

    /// <summary>A route of a default backend; that of the configured one has no Ingress.</summary>
    internal IngressRoute(IngressResource? ingress, ServiceReference? service)
    {
        Ingress = ingress;
        Service = service;
    }

    internal IngressRoute(IngressResource ingress, int rule, int path, string canonicalPath, ServiceReference? service)
        : this(ingress, service)
    {
        _rule = rule;
        _path = path;
        Path = canonicalPath;
        PathType = RulePath.TypeOf(Written!);
    }

    /// <summary>The same route with another canary.</summary>
    internal IngressRoute(IngressRoute other, CanaryBackend? canary)
        : this(other)
    {
        Split = canary is not null ? (other.Split ?? new([new(other.Service!, 1)])).With(canary)
            : other.Split!.Backends.Count > 1 ? other.Split.With(null)
            : null;
    }

    /// <summary>What the matcher finds where several routes share a path; it is resolved before a route is given to anybody.</summary>
    internal IngressRoute(IngressRoute first, RouteAlternatives alternatives)
        : this(first) => Alternatives = alternatives;

    private IngressRoute(IngressRoute other)
    {
        Ingress = other.Ingress;
        Service = other.Service;
        _rule = other._rule;
        _path = other._path;
        Path = other.Path;
        PathType = other.PathType;
        Policies = other.Policies;
        Conditions = other.Conditions;
        Split = other.Split;
    }

    /// <summary>
    /// Names the route in logs and metrics: <c>namespace/name/rule/path</c> with the indices of rule and path, <c>namespace/name/default</c>,
    /// or <c>default</c> for the configured default backend. Stable as long as the Ingress is not reordered.
    /// </summary>
    public string Id => _id ??= Ingress is null ? "default" : _rule == NoRule ? $"{Source}/default" : $"{Source}/{_rule}/{_path}";

    /// <summary>The Ingress it comes from; null for the configured default backend.</summary>
    public IngressResource? Ingress { get; }

    /// <summary>The name of that Ingress; null for the configured default backend.</summary>
    public NamespacedName? Source => Ingress?.Name;

    /// <summary>Where it stands in the Ingress, such as <c>spec.rules[0].http.paths[1]</c>; empty for the configured default backend.</summary>
    public string Field => Ingress is null ? "" : _rule == NoRule ? "spec.defaultBackend" : $"spec.rules[{_rule}].http.paths[{_path}]";

    /// <summary>The host of the rule; null for the host-less bucket and for a default backend.</summary>
    public string? Host => _rule != NoRule && Ingress!.Rules[_rule].Host is { Length: > 0 } host ? host : null;

    /// <summary>The canonical path (D8), a trailing slash kept; null for a default backend.</summary>
    public string? Path { get; }

    /// <summary>The path as the Ingress writes it, <c>/</c> when it writes none; null for a default backend.</summary>
    public string? PathAsWritten => Written is { } written ? RulePath.AsWritten(written) : null;

    /// <summary>How the path is compared; meaningless for a default backend.</summary>
    public PathType PathType { get; }

    /// <summary>What a request must be besides that, for the route to take it. Nothing for nearly all routes.</summary>
    public RouteConditions Conditions { get; internal init; } = RouteConditions.None;

    /// <summary>The Service port that serves the route, if <see cref="Split"/> names no others; null when a resource does.</summary>
    public ServiceReference? Service { get; }

    /// <summary>The resource that serves the route, in the namespace of the Ingress; null when a Service does.</summary>
    public TypedLocalObjectReference? Resource => (Written is { } written ? written.Backend : Ingress?.DefaultBackend)?.Resource;

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

    /// <summary>The routes among which the matcher has to choose; null for every route that can be given to anybody.</summary>
    internal RouteAlternatives? Alternatives { get; }

    /// <summary>Orders the routes of one Ingress as they are written, its default backend first.</summary>
    internal (int Rule, int Path) Position => (_rule, _path);

    private IngressPath? Written => _rule == NoRule ? null : Ingress!.Rules[_rule].Paths![_path];

    /// <summary>Returns the id.</summary>
    public override string ToString() => Id;
}

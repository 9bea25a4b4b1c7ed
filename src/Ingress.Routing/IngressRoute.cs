using Ingress.Routing.Model;

namespace Ingress.Routing;

/// <summary>One compiled path of a rule, or one compiled default backend.</summary>
/// <remarks>Immutable. It holds only what is valid; exactly one of <see cref="Service"/> and <see cref="Resource"/> is set.</remarks>
public sealed class IngressRoute
{
    internal IngressRoute(string id)
    {
        Id = id;
    }

    /// <summary>
    /// Names the route in logs and metrics: <c>namespace/name/rule/path</c> with the indices of rule and path, <c>namespace/name/default</c>,
    /// or <c>default</c> for the configured default backend. Stable as long as the Ingress is not reordered.
    /// </summary>
    public string Id { get; }

    /// <summary>The Ingress it comes from; null for the configured default backend.</summary>
    public IngressResource? Ingress { get; internal init; }

    /// <summary>The name of that Ingress; null for the configured default backend.</summary>
    public NamespacedName? Source => Ingress?.Name;

    /// <summary>Where it stands in the Ingress, such as <c>spec.rules[0].http.paths[1]</c>; empty for the configured default backend.</summary>
    public string Field { get; internal init; } = "";

    /// <summary>Orders the routes of one Ingress as they are written, its default backend first.</summary>
    internal (int Rule, int Path) Position { get; init; } = (-1, -1);

    /// <summary>The host of the rule; null for the host-less bucket and for a default backend.</summary>
    public string? Host { get; internal init; }

    /// <summary>The canonical path (D8), a trailing slash kept; null for a default backend.</summary>
    public string? Path { get; internal init; }

    /// <summary>The path as the Ingress writes it, <c>/</c> when it writes none; null for a default backend.</summary>
    public string? PathAsWritten { get; internal init; }

    /// <summary>How the path is compared; meaningless for a default backend.</summary>
    public PathType PathType { get; internal init; }

    /// <summary>The Service port that serves the route; null when a resource does.</summary>
    public ServiceReference? Service { get; internal init; }

    /// <summary>The resource that serves the route, in the namespace of the Ingress; null when a Service does.</summary>
    public TypedLocalObjectReference? Resource { get; internal init; }

    /// <summary>Returns the id.</summary>
    public override string ToString() => Id;
}

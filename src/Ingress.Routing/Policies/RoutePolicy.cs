namespace Ingress.Routing.Policies;

/// <summary>What is done with the requests of a route besides choosing its backend. A value.</summary>
/// <remarks>
/// Immutable, compared by content, and safe to use from several threads. A route has at most one policy of each type. An application can add
/// types of its own; each needs a step that carries it out, or its routes answer 503.
/// </remarks>
public abstract record RoutePolicy
{
    /// <summary>When it takes effect, compared with the other policies of the route.</summary>
    public abstract PolicyStage Stage { get; }

    /// <summary>Whether what it does depends on the path of the route too, and not on the request alone.</summary>
    public virtual bool UsesRoutePath => false;

    /// <summary>Whether what it does depends on the address of the client. Nothing is said of a request whose address is not known.</summary>
    public virtual bool UsesClientAddress => false;

    /// <summary>The Service ports that it sends requests to, besides those of the route. Their changes reach it as those of a backend do.</summary>
    public virtual IEnumerable<ServiceReference> Services => [];

    /// <summary>Says in a few words what it does, for people: <c>redirect to /new with 301</c>.</summary>
    public abstract string Describe();
}

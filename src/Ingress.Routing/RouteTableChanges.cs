using Ingress.Routing.Model;

namespace Ingress.Routing;

/// <summary>What may differ between a table and the one it was made from. Everything else is certainly the same. Immutable.</summary>
public sealed class RouteTableChanges
{
    internal static readonly RouteTableChanges None = new(false, [], []);

    internal RouteTableChanges(
        bool affectRoutes, IReadOnlyCollection<NamespacedName> services, IReadOnlyCollection<ResourceReference> resources)
    {
        AffectRoutes = affectRoutes;
        Services = services;
        Resources = resources;
    }

    /// <summary>Whether routes may differ; when not, both tables hold the very same routes.</summary>
    public bool AffectRoutes { get; }

    /// <summary>The Services whose destinations may differ, and those that routes may have begun or ceased to refer to.</summary>
    public IReadOnlyCollection<NamespacedName> Services { get; }

    /// <summary>The objects about which compiling may report something else.</summary>
    public IReadOnlyCollection<ResourceReference> Resources { get; }
}

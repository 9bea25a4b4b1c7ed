using Ingress.Routing.Matching;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Gathers what a change may make a difference to, rather too much than too little.</summary>
internal sealed class TouchedObjects(CompiledRoutes before, ClusterObjects objects, ClusterChange change)
{
    /// <summary>The Services whose destinations may differ, or to which routes may have begun or ceased to refer.</summary>
    public HashSet<NamespacedName> Services { get; } = [];

    /// <summary>The objects about which something else may be reported.</summary>
    public HashSet<ResourceReference> Resources { get; } = change.Identities();

    /// <summary>Notes that objects to which Ingresses refer are changed.</summary>
    public void Add(StaleIngresses stale)
        => Resources.UnionWith(stale.Policies.Concat(stale.Certificates).Select(static ingress => ingress.Reference));

    /// <summary>Notes that a host was resolved anew.</summary>
    /// <param name="claims">The claims before and after.</param>
    public void AddHost(IEnumerable<RuleClaim> claims, HostBucket? known, HostBucket? next)
    {
        foreach (var claim in claims)
        {
            Resources.Add(claim.Ingress.Reference);
        }

        // Changed paths mostly lead to the same Services in the same order.
        var (services, nextServices) = (ServicesOf(known), ServicesOf(next));
        if (!services.SequenceEqual(nextServices))
        {
            Services.UnionWith(services.Except(nextServices).Concat(nextServices.Except(services)).Select(static service => service.Name));
        }
    }

    /// <summary>Notes that the policies of the hosts that no rule names were resolved anew.</summary>
    public void AddOthers(CompiledRoutes earlier, CompiledRoutes after)
        => Resources.UnionWith(new[] { earlier, after }.SelectMany(static generation => generation.ClaimantsOf("")).Select(static ingress => ingress.Reference));

    /// <summary>Notes that a host that annotations add was worked out anew.</summary>
    public void AddHosts(IEnumerable<IngressResource> claimants) => Resources.UnionWith(claimants.Select(static ingress => ingress.Reference));

    public RouteTableChanges ToChanges(CompiledRoutes earlier, CompiledRoutes after)
    {
        AddDefaults(earlier, after);
        AddUsersOfServices(after);
        return new(!ReferenceEquals(earlier.Routes, after.Routes), Services, Resources);
    }

    private static List<ServiceReference> ServicesOf(HostBucket? bucket)
        => bucket is null ? [] : [.. bucket.Routes.Append(bucket.DefaultBackend).SelectMany(static route => route?.Services ?? [])];

    private void AddDefaults(CompiledRoutes earlier, CompiledRoutes after)
    {
        // Whether a default backend can be chosen depends on whether there is any host, too.
        if (ReferenceEquals(earlier.Routes, after.Routes)
            || (ReferenceEquals(earlier.Defaults, after.Defaults) && earlier.Matcher.Named.Count > 0 && after.Matcher.Named.Count > 0))
        {
            return;
        }

        foreach (var defaults in new[] { earlier.Defaults, after.Defaults })
        {
            foreach (var route in new[] { defaults.KnownHost, defaults.UnknownHost })
            {
                if (route is { Source.IsConfigured: false })
                {
                    Resources.Add(route.Source.Resource);
                }

                Services.UnionWith((route?.Services ?? []).Select(static service => service.Name));
            }
        }

        if (!ReferenceEquals(earlier.Defaults.Global, after.Defaults.Global))
        {
            Resources.UnionWith(earlier.Defaults.WithoutRules.Concat(after.Defaults.WithoutRules).Select(static ingress => ingress.Reference));
        }
    }

    // Ingresses are looked through only when there is something to say about a Service that was not said before; once for all Services.
    private void AddUsersOfServices(CompiledRoutes after)
    {
        foreach (var group in Services.Where(IsServedOtherwise).GroupBy(static service => service.Namespace))
        {
            var names = group.Select(static service => service.Name).ToHashSet(StringComparer.Ordinal);
            Resources.UnionWith(names.Select(name => new ResourceReference(ServiceResource.KindName, group.Key, name)));
            Resources.UnionWith(names
                .Where(name => objects.Endpoints.Find(new(group.Key, name)) is not null)
                .Select(name => new ResourceReference(EndpointsResource.KindName, group.Key, name)));
            Resources.UnionWith(objects.Ingresses.UsableIn(group.Key)
                .Where(ingress => IngressBackends.Of(ingress).Any(backend => backend.Service?.Name is { } name && names.Contains(name))
                    || after.Policies.WeightsOf(ingress).Any(weight => names.Contains(weight.Service))
                    || after.Policies.ServicesOf(ingress).Any(service => names.Contains(service.Name.Name)))
                .Select(static ingress => ingress.Reference));
        }

        bool IsServedOtherwise(NamespacedName name)
        {
            var (old, now) = (before.Services.EntryOf(name), after.Services.EntryOf(name));
            return !ReferenceEquals(old, now) && (old is null || now is null || !now.IsServedLike(old));
        }
    }
}

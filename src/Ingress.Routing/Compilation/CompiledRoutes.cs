using System.Collections.Immutable;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Compilation;

/// <summary>One generation: what requests are answered from, and what the next generation is made from. Immutable.</summary>
/// <param name="Objects">What was given.</param>
/// <param name="Classes">Which Ingresses are ours.</param>
/// <param name="Configured">What code says about hosts.</param>
/// <param name="Policies">What the annotations of each Ingress ask for.</param>
/// <param name="Users">Which Ingresses refer to which object.</param>
/// <param name="Added">The hosts that annotations add.</param>
/// <param name="Claims">Who claims which host, the oldest first; the empty host stands for all.</param>
/// <param name="Defaults">The default backends.</param>
/// <param name="Matcher">From host and path to route.</param>
/// <param name="Routes">All routes.</param>
/// <param name="Services">From Service port to destinations.</param>
/// <param name="Certificates">From server name to certificate.</param>
internal sealed record CompiledRoutes(
    ClusterObjects Objects,
    IngressClassSelector Classes,
    ConfiguredPolicies Configured,
    PolicyDirectory Policies,
    ObjectUsers Users,
    AddedHosts Added,
    ImmutableDictionary<string, RuleClaim[]> Claims,
    DefaultBackends Defaults,
    RouteMatcher Matcher,
    RouteList Routes,
    ServiceDirectory Services,
    CertificateDirectory Certificates)
{
    public static CompiledRoutes Empty { get; } = None(RouteTableOptions.Default);

    /// <summary>A generation without objects.</summary>
    public static CompiledRoutes None(RouteTableOptions options)
    {
        var claims = ImmutableDictionary.Create<string, RuleClaim[]>(StringComparer.Ordinal);
        var configured = ConfiguredPolicies.Of(options, ObjectSet<SecretResource>.Empty);
        var defaults = DefaultBackends.None(options, configured);
        var matcher = new RouteMatcher(
            HostTable<HostBucket>.Empty, null, defaults.KnownHost, defaults.UnknownHost, configured.AllHosts, configured.Hosts);
        return new(
            ClusterObjects.Empty,
            new([], options.ControllerName),
            configured,
            PolicyDirectory.Empty,
            ObjectUsers.Empty,
            AddedHosts.Empty,
            claims,
            defaults,
            matcher,
            new(claims.Keys, matcher, defaults),
            ServiceDirectory.Empty,
            CertificateDirectory.Empty);
    }

    /// <summary>The hosts whose routes are their own: of all rules, and those that only redirect.</summary>
    // Not of this generation itself, or the list of routes would keep it, and it the one before.
    public IEnumerable<string> HostsWithRoutes
    {
        get
        {
            var (claims, added) = (Claims, Added);
            return claims.Keys.Concat(added.Names.Where(name => !claims.ContainsKey(name) && added.Find(name) is { Host.Redirect: not null }));
        }
    }

    /// <summary>The hosts that annotations add and that are served, each with the host whose paths it has; null for one that only redirects.</summary>
    public IEnumerable<(string Name, string? Target)> ServedAdditions
        => Added.Names.Where(name => !Claims.ContainsKey(name) && Matcher.Named.Get(name) is not null)
            .Select(name => (name, Added.Find(name) is { Host: { Redirect: null } host } ? host.Target : null));

    /// <summary>What came of the claims on a host.</summary>
    /// <param name="host">A host with a claim; empty for all hosts.</param>
    public HostBucket BucketOf(string host) => Matcher.BucketOf(host) ?? HostBucket.Empty;

    /// <summary>The default backend of one Ingress, if it has one and it can be chosen.</summary>
    /// <param name="buckets">What came of the claims on its hosts.</param>
    public IEnumerable<IngressRoute> DefaultsOf(IngressResource ingress, IReadOnlyDictionary<string, HostBucket> buckets)
    {
        if (ingress.DefaultBackend is null)
        {
            return [];
        }

        var route = Defaults.RouteOf(ingress);
        var isChosen = ReferenceEquals(route, Defaults.UnknownHost)
            || (ReferenceEquals(route, Defaults.KnownHost) && Matcher.Named.Count > 0)
            || ingress.Rules.Any(rule => ReferenceEquals(buckets[RuleClaim.HostOf(rule)].DefaultBackend, route));
        return route is not null && isChosen ? [route] : [];
    }

    /// <summary>The routes of some Ingresses that can be chosen, and that of the configured default backend when it can.</summary>
    /// <remarks>Each host that they claim is looked at once.</remarks>
    public IReadOnlyList<IngressRoute> RoutesOf(IEnumerable<NamespacedName> names)
    {
        var nothing = new DiagnosticBag();
        var ingresses = names.Distinct().Select(Objects.Ingresses.Find).OfType<IngressResource>()
            .Where(ingress => IngressValidator.Validate(ingress, nothing) && Classes.IsServed(ingress))
            .ToDictionary(static ingress => ingress.Name);
        var buckets = ingresses
            .SelectMany(static item => item.Value.Rules)
            .Select(RuleClaim.HostOf)
            .Concat(ingresses.Values.SelectMany(Policies.AddedHostsOf).Select(static host => host.Name))
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(static host => host, BucketOf, StringComparer.Ordinal);
        var configured = new[] { Matcher.Named.Count > 0 ? Defaults.KnownHost : null, Defaults.UnknownHost }
            .OfType<IngressRoute>()
            .Where(static route => route.Source.IsConfigured)
            .Distinct();
        return
        [
            .. buckets.Values.SelectMany(static bucket => bucket.Routes).Distinct().Where(route => ingresses.ContainsKey(route.Source.Name)),
            .. ingresses.Values.SelectMany(ingress => DefaultsOf(ingress, buckets)),
            .. configured,
        ];
    }

    /// <summary>The Ingresses that claim a host, the oldest first.</summary>
    /// <param name="host">The host; empty for all that no rule names, which an Ingress without rules claims too.</param>
    public IEnumerable<IngressResource> ClaimantsOf(string host)
    {
        var claimants = Claims.GetValueOrDefault(host, []).Select(static claim => claim.Ingress);
        return host.Length > 0 ? claimants : claimants.Concat(Defaults.WithoutRules).Order(AgeOrder.Instance);
    }

    /// <summary>What the Ingresses of a host ask for, and what comes of it.</summary>
    /// <param name="host">The host; empty for all that no rule names.</param>
    public HostPolicyClaims PolicyClaimsOf(string host) => new(Policies, Policies.HasHostPolicies ? ClaimantsOf(host) : []);

    /// <summary>The policies of the default backend of an Ingress.</summary>
    public RoutePolicies DefaultPoliciesOf(IngressResource ingress)
    {
        var requested = Policies.Of(ingress);
        var required = Policies.HasHostPolicies
            ? RequiredClientCertificate.Of(
                HostPolicyClaims.HostsOf(ingress).Select(host => PolicyClaimsOf(host).OfNamespace(ingress.Name.Namespace)).Prepend(requested?.Host))
            : null;
        return Configured.Redirect.AddTo(requested?.Route ?? RoutePolicies.None, host: null, required);
    }

    /// <summary>Whether an Ingress that can be served refers to a Service port.</summary>
    public bool MayRefer(ServiceReference service) => !Users.Of(new(ServiceResource.KindName, service.Name.Namespace, service.Name.Name)).IsEmpty || Objects.Ingresses.UsableIn(service.Name.Namespace)
        .Any(ingress => IngressBackends.Of(ingress)
                .Any(backend => backend.Service is { } other && other.Name == service.Name.Name && other.Port == service.Port)
            || Policies.WeightsOf(ingress)
                .Any(weight => weight.Service == service.Name.Name && (weight.Port is null || weight.Port == service.Port))
            || Policies.ServicesOf(ingress).Contains(service));
}

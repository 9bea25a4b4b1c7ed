using System.Collections.Immutable;
using Ingress.Routing.Annotations;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>What the annotations of each served Ingress ask for. Immutable.</summary>
internal sealed class PolicyDirectory
{
    private readonly ImmutableDictionary<IngressResource, RequestedPolicies> _requested;
    private readonly int _forHosts;

    private readonly DefaultPolicies _defaults;
    private readonly int _readers;
    private readonly int _adding;

    private PolicyDirectory(
        ImmutableDictionary<IngressResource, RequestedPolicies> requested,
        int forHosts,
        DefaultPolicies defaults,
        int readers,
        int adding)
    {
        _requested = requested;
        _forHosts = forHosts;
        _defaults = defaults;
        _readers = readers;
        _adding = adding;
    }

    public static PolicyDirectory Empty { get; } = new(
        ImmutableDictionary.Create<IngressResource, RequestedPolicies>(ReferenceEqualityComparer.Instance),
        0,
        new(RouteTableOptions.Default),
        0,
        0);

    /// <summary>Whether any Ingress asks for policies of its hosts.</summary>
    public bool HasHostPolicies => _forHosts > 0;

    /// <summary>Whether any Ingress asks for hosts that no rule names.</summary>
    public bool HasAddedHosts => _adding > 0;

    /// <summary>The hosts that an Ingress asks for besides those of its rules; none for a canary.</summary>
    public IEnumerable<AddedHost> AddedHostsOf(IngressResource ingress) => Of(ingress) is { Canary: null } requested ? requested.AddedHosts : [];

    /// <summary>Whether any Ingress asks for its paths to be read as something else than literal text.</summary>
    public bool HasPathReaders => _readers > 0;

    /// <summary>What one Ingress asks for; null when that is nothing.</summary>
    public RequestedPolicies? Of(IngressResource ingress) => _requested.GetValueOrDefault(ingress);

    /// <summary>Among which Services one Ingress shares its requests, besides those of its rules.</summary>
    public IReadOnlyList<RequestedWeight> WeightsOf(IngressResource ingress) => Of(ingress)?.Weights ?? [];

    /// <summary>The Service ports that the policies of one Ingress send requests to.</summary>
    public IEnumerable<ServiceReference> ServicesOf(IngressResource ingress) => Of(ingress)?.Route.Services ?? [];

    /// <summary>Whether an Ingress has routes of its own, and is no canary.</summary>
    public bool HasRoutes(IngressResource ingress) => Of(ingress)?.Canary is null;

    /// <summary>The directory after some Ingresses ceased to be served and others began.</summary>
    /// <param name="stale">The Ingresses that stay, and have to be read again because of what they refer to.</param>
    /// <param name="renewsHosts">Whether the policies of all hosts are made anew, because what code says has changed.</param>
    /// <param name="changes">Receives the Ingresses that stay, and ask for something else now.</param>
    public PolicyDirectory With(
        IReadOnlyCollection<IngressResource> ceased,
        IReadOnlyCollection<IngressResource> begun,
        IReadOnlyCollection<IngressResource> stale,
        bool renewsHosts,
        ClusterObjects objects,
        RouteTableOptions options,
        PolicyChanges changes)
    {
        if (ceased.Count == 0 && begun.Count == 0 && stale.Count == 0 && !renewsHosts)
        {
            return this;
        }

        var defaults = ReferenceEquals(_defaults.Options, options) ? _defaults : new(options);
        var requested = _requested.ToBuilder();
        var forHosts = _forHosts;
        var readers = _readers;
        var adding = _adding;
        foreach (var ingress in ceased)
        {
            if (requested.TryGetValue(ingress, out var policies))
            {
                requested.Remove(ingress);
                forHosts -= policies.Host is null ? 0 : 1;
                readers -= policies.Paths is null ? 0 : 1;
                adding -= policies.AddedHosts.IsEmpty ? 0 : 1;
            }
        }

        foreach (var ingress in begun)
        {
            if (AnnotationReader.Read(ingress, options, objects, defaults) is { } policies)
            {
                policies = Resolve(policies, ingress, options, objects.Secrets);
                readers += policies.Paths is null ? 0 : 1;
                adding += policies.AddedHosts.IsEmpty ? 0 : 1;
                requested.Add(ingress, policies);
                forHosts += policies.Host is null ? 0 : 1;
            }
        }

        foreach (var ingress in stale)
        {
            var known = requested[ingress];
            var policies = AnnotationReader.Read(ingress, options, objects, defaults);
            if (!known.AsksLike(policies))
            {
                changes.Changed.Add(ingress);
            }
            else if (known.Tls is not null)
            {
                changes.OfHosts.Add(ingress);
            }
            else if (policies!.References.SequenceEqual(known.References))
            {
                continue;
            }

            forHosts += (policies?.Tls is null ? 0 : 1) - (known.Tls is null ? 0 : 1);
            readers += (policies?.Paths is null ? 0 : 1) - (known.Paths is null ? 0 : 1);
            adding += (policies?.AddedHosts.IsEmpty != false ? 0 : 1) - (known.AddedHosts.IsEmpty ? 0 : 1);
            if (policies is null)
            {
                requested.Remove(ingress);
            }
            else
            {
                requested[ingress] = Resolve(policies, ingress, options, objects.Secrets);
            }
        }

        if (renewsHosts)
        {
            foreach (var (ingress, policies) in requested.Where(static pair => pair.Value.Tls is not null).ToList())
            {
                requested[ingress] = Resolve(policies, ingress, options, objects.Secrets);
                changes.OfHosts.Add(ingress);
            }
        }

        return new(requested.ToImmutable(), forHosts, defaults, readers, adding);
    }

    private static RequestedPolicies Resolve(
        RequestedPolicies policies, IngressResource ingress, RouteTableOptions options, ObjectSet<SecretResource> secrets)
        => policies.Tls is { } settings ? policies with { Host = HostPolicyResolver.ForAnnotations(ingress, settings, options, secrets) } : policies;
}

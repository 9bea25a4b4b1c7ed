using System.Collections.Immutable;
using Ingress.Routing.Annotations;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>What the annotations of each served Ingress ask for. Immutable.</summary>
internal sealed class PolicyDirectory
{
    private static readonly ImmutableHashSet<IngressResource> s_noUsers =
        ImmutableHashSet.Create<IngressResource>(ReferenceEqualityComparer.Instance);

    private readonly ImmutableDictionary<IngressResource, RequestedPolicies> _requested;
    private readonly ImmutableDictionary<NamespacedName, ImmutableHashSet<IngressResource>> _users;
    private readonly int _forHosts;

    private readonly DefaultPolicies _defaults;

    private PolicyDirectory(
        ImmutableDictionary<IngressResource, RequestedPolicies> requested,
        ImmutableDictionary<NamespacedName, ImmutableHashSet<IngressResource>> users,
        int forHosts,
        DefaultPolicies defaults)
    {
        _requested = requested;
        _users = users;
        _forHosts = forHosts;
        _defaults = defaults;
    }

    public static PolicyDirectory Empty { get; } = new(
        ImmutableDictionary.Create<IngressResource, RequestedPolicies>(ReferenceEqualityComparer.Instance),
        ImmutableDictionary<NamespacedName, ImmutableHashSet<IngressResource>>.Empty,
        0,
        new(RouteTableOptions.Default));

    /// <summary>Whether any Ingress asks for policies of its hosts.</summary>
    public bool HasHostPolicies => _forHosts > 0;

    /// <summary>The Ingresses that ask for policies of their hosts.</summary>
    public IEnumerable<IngressResource> WithHostPolicies => _requested.Where(static pair => pair.Value.Host is not null).Select(static pair => pair.Key);

    /// <summary>What one Ingress asks for; null when that is nothing.</summary>
    public RequestedPolicies? Of(IngressResource ingress) => _requested.GetValueOrDefault(ingress);

    /// <summary>Among which Services one Ingress shares its requests, besides those of its rules.</summary>
    public IReadOnlyList<RequestedWeight> WeightsOf(IngressResource ingress) => Of(ingress)?.Weights ?? [];

    /// <summary>Whether an Ingress has routes of its own, and is no canary.</summary>
    public bool HasRoutes(IngressResource ingress) => Of(ingress)?.Canary is null;

    /// <summary>The Ingresses whose policies come from a Secret.</summary>
    public IEnumerable<IngressResource> UsersOf(NamespacedName secret) => _users.GetValueOrDefault(secret, s_noUsers);

    /// <summary>The directory after some Ingresses ceased to be served, others began, and the policies of others have to be made anew.</summary>
    public PolicyDirectory With(
        IEnumerable<IngressResource> ceased,
        IEnumerable<IngressResource> begun,
        IEnumerable<IngressResource> renewed,
        RouteTableOptions options,
        ObjectSet<TlsSecret> secrets)
    {
        var defaults = ReferenceEquals(_defaults.Options, options) ? _defaults : new(options);
        var requested = _requested.ToBuilder();
        var users = _users.ToBuilder();
        var forHosts = _forHosts;
        foreach (var ingress in ceased)
        {
            if (requested.TryGetValue(ingress, out var policies))
            {
                requested.Remove(ingress);
                forHosts -= policies.Host is null ? 0 : 1;
                RemoveUser(policies, ingress, users);
            }
        }

        foreach (var ingress in begun)
        {
            if (AnnotationReader.Read(ingress, options, defaults) is { } policies)
            {
                policies = Resolve(policies, ingress, options, secrets);
                requested.Add(ingress, policies);
                forHosts += policies.Host is null ? 0 : 1;
                if (SecretOf(policies) is { } secret)
                {
                    users[secret] = users.GetValueOrDefault(secret, s_noUsers).Add(ingress);
                }
            }
        }

        foreach (var ingress in renewed)
        {
            requested[ingress] = Resolve(requested[ingress], ingress, options, secrets);
        }

        return new(requested.ToImmutable(), users.ToImmutable(), forHosts, defaults);
    }

    private static RequestedPolicies Resolve(
        RequestedPolicies policies, IngressResource ingress, RouteTableOptions options, ObjectSet<TlsSecret> secrets)
        => policies.Tls is { } settings ? policies with { Host = HostPolicyResolver.ForAnnotations(ingress, settings, options, secrets) } : policies;

    private static void RemoveUser(
        RequestedPolicies policies, IngressResource ingress, ImmutableDictionary<NamespacedName, ImmutableHashSet<IngressResource>>.Builder users)
    {
        if (SecretOf(policies) is not { } secret)
        {
            return;
        }

        if (users[secret].Remove(ingress) is { IsEmpty: false } others)
        {
            users[secret] = others;
        }
        else
        {
            users.Remove(secret);
        }
    }

    private static NamespacedName? SecretOf(RequestedPolicies policies) => policies.Tls?.ClientCertificates?.AuthoritiesSecret;
}

using System.Collections.Immutable;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Which Ingress asks for which TLS policy, and what came of it for each host (D23). Immutable.</summary>
internal sealed partial class TlsPolicyDirectory
{
    private static readonly ImmutableDictionary<IngressResource, TlsPolicy> s_noWishes =
        ImmutableDictionary.Create<IngressResource, TlsPolicy>(ReferenceEqualityComparer.Instance);

    // What each Ingress with annotations would have.
    private readonly ImmutableDictionary<IngressResource, TlsPolicy> _wishes;

    // By host, then by namespace: what the Ingresses of a namespace would have there if it were theirs alone. Only where they ask for client
    // certificates, so that none of their routes is served without, whoever comes to decide for the host.
    private readonly ImmutableDictionary<string, ImmutableDictionary<string, TlsPolicy>> _demands;
    private readonly HostTable<TlsPolicyBucket> _configured;
    private readonly TlsPolicy _fallback;

    // How many of the policies, configured and wished for, tell backends about client certificates.
    private readonly int _forwarding;

    private TlsPolicyDirectory(
        ImmutableDictionary<IngressResource, TlsPolicy> wishes,
        ImmutableDictionary<string, ImmutableDictionary<string, TlsPolicy>> demands,
        HostTable<TlsPolicyBucket> configured,
        TlsPolicy fallback,
        HostTable<TlsPolicyBucket> annotated,
        TlsPolicy? others,
        int forwarding)
    {
        _wishes = wishes;
        _demands = demands;
        _configured = configured;
        _fallback = fallback;
        Selector = new(configured, annotated, others, fallback);
        _forwarding = forwarding;
    }

    public TlsPolicySelector Selector { get; }

    /// <summary>Whether any backend is told about client certificates.</summary>
    public bool ForwardsClientCertificates => _forwarding > 0;

    /// <summary>The directory of a table without objects.</summary>
    public static TlsPolicyDirectory None(RouteTableOptions options) => Configured(options, ObjectSet<SecretResource>.Empty);

    /// <summary>What the annotations of an Ingress ask for; null when it has none.</summary>
    public TlsPolicy? WishOf(IngressResource ingress) => _wishes.GetValueOrDefault(ingress);

    /// <summary>Whether a route must not be served, because it or its neighbours ask for client certificates that nobody asked the client for (D25).</summary>
    /// <param name="policy">The policy of the host of the request.</param>
    /// <param name="isHandshakeOurs">Whether the connection began under that policy, rather than without TLS.</param>
    public bool Denies(IngressRoute route, IngressResource ingress, TlsPolicy policy, bool isHandshakeOurs)
    {
        if (_demands.IsEmpty)
        {
            return false;
        }

        if (IsUnmet(WishOf(ingress), policy, isHandshakeOurs))
        {
            return true;
        }

        if (route.Path is not null || ingress.Rules.Count == 0)
        {
            return IsUnmet(DemandAt(route.Host ?? "", ingress), policy, isHandshakeOurs);
        }

        // A default backend answers for hosts of others, too, so every host of its Ingress has a say.
        foreach (var rule in ingress.Rules)
        {
            if (IsUnmet(DemandAt(RuleClaim.HostOf(rule), ingress), policy, isHandshakeOurs))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The directory after a change.</summary>
    /// <param name="before">What there was before.</param>
    /// <param name="after">What the change came to; its policies are still those before.</param>
    /// <param name="changes">What is different.</param>
    /// <param name="served">The changed Ingresses that are served now.</param>
    /// <param name="stale">The Ingresses that stay, and may ask for something else because of what their annotations refer to.</param>
    /// <param name="touched">Receives the objects about which something else may be reported now.</param>
    public TlsPolicyDirectory With(
        CompiledRoutes before,
        CompiledRoutes after,
        ClusterObjectChanges changes,
        IReadOnlyCollection<IngressResource> served,
        IReadOnlyCollection<IngressResource> stale,
        RouteTableOptions options,
        ICollection<ResourceReference> touched)
    {
        var secrets = after.Objects.Secrets;
        var gone = changes.Ingresses.Select(static change => change.Before).OfType<IngressResource>()
            .ToHashSet<IngressResource>(ReferenceEqualityComparer.Instance);
        var changedSecrets = changes.Secrets.Select(static change => (change.Before ?? change.After)!.Name).ToHashSet();
        if (changedSecrets.Overlaps(SecretsOf(options)))
        {
            // What code says goes into everything else, and its Secrets change about never.
            var fresh = Configured(options, secrets).WithWishes([], _wishes.Keys.Where(wisher => !gone.Contains(wisher)).Concat(served), after, options);
            return fresh.WithHosts(fresh._wishes.Keys.SelectMany(HostsOf).ToHashSet(StringComparer.Ordinal), after, touched);
        }

        var next = WithWishes(gone.Concat(stale), served.Concat(stale), after, options);
        if (next._wishes.IsEmpty && _wishes.IsEmpty)
        {
            return this;
        }

        // Who decides for a host may change with each Ingress that names it, whether it wishes for anything or not. An Ingress that was never
        // served may name anything, such as the host of another in upper case.
        var hosts = gone.SelectMany(HostsOf).Where(host => host.Length == 0 || before.Claims.ContainsKey(host))
            .Concat(stale.Concat(served).SelectMany(HostsOf));
        return next.WithHosts(hosts.ToHashSet(StringComparer.Ordinal), after, touched);
    }

    private static IEnumerable<NamespacedName> SecretsOf(RouteTableOptions options)
        => options.HostTls.Values.Append(options.Tls).Select(static settings => settings.ClientCertificates?.AuthoritiesSecret).OfType<NamespacedName>();

    private static TlsPolicyDirectory Configured(RouteTableOptions options, ObjectSet<SecretResource> secrets)
    {
        var hosts = options.HostTls
            .OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .DistinctBy(static pair => pair.Key.ToLowerInvariant())
            .ToDictionary(static pair => pair.Key.ToLowerInvariant(), static pair => pair.Value, StringComparer.Ordinal);
        var buckets = hosts
            .Select(pair => KeyValuePair.Create(pair.Key, new TlsPolicyBucket(TlsPolicyResolver.ForCode(SettingsOf(pair.Key, hosts).Or(options.Tls), true, secrets))))
            .ToList();
        var fallback = options.Tls == TlsSettings.None ? TlsPolicy.Default : TlsPolicyResolver.ForCode(options.Tls, false, secrets);
        return new(
            s_noWishes,
            ImmutableDictionary<string, ImmutableDictionary<string, TlsPolicy>>.Empty,
            new HostTable<TlsPolicyBucket>(buckets),
            fallback,
            HostTable<TlsPolicyBucket>.Empty,
            null,
            buckets.Select(static pair => pair.Value.Policy).Append(fallback).Count(static policy => policy.ForwardClientCertificate));
    }

    // What is left open is taken from the wildcards above, the nearest first.
    private static TlsSettings SettingsOf(string host, Dictionary<string, TlsSettings> hosts)
    {
        var settings = hosts[host];
        var name = HostName.IsWildcard(host) ? host[2..] : host;
        while (name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot)
        {
            name = name[(dot + 1)..];
            settings = hosts.TryGetValue("*." + name, out var above) ? settings.Or(above) : settings;
        }

        return settings;
    }

    /// <summary>The hosts for whose policy an Ingress has a say; the empty one stands for all that no rule names.</summary>
    public static IEnumerable<string> HostsOf(IngressResource ingress)
        => ingress.Rules.Count == 0 ? [""] : ingress.Rules.Select(RuleClaim.HostOf).Distinct(StringComparer.Ordinal);

    // What code says, everybody has to be content with.
    private static bool IsUnmet(TlsPolicy? wish, TlsPolicy policy, bool isHandshakeOurs)
        => wish is { ClientCertificates: not ClientCertificateMode.None }
            && !policy.IsClientPartConfigured
            && !(policy.HasClientPartOf(wish) && (isHandshakeOurs || wish.ClientCertificates != ClientCertificateMode.Require));

    private TlsPolicy? DemandAt(string host, IngressResource ingress)
        => _demands.TryGetValue(host, out var ofNamespaces) ? ofNamespaces.GetValueOrDefault(ingress.Name.Namespace) : null;

    private TlsPolicy? PolicyOf(string host) => host.Length == 0 ? Selector.Others : Selector.Annotated.Get(host)?.Policy;

    private TlsPolicyDirectory WithWishes(
        IEnumerable<IngressResource> without, IEnumerable<IngressResource> with, CompiledRoutes after, RouteTableOptions options)
    {
        var wishes = _wishes.ToBuilder();
        var forwarding = _forwarding;
        foreach (var ingress in without)
        {
            if (!wishes.TryGetValue(ingress, out var wish))
            {
                continue;
            }

            wishes.Remove(ingress);
            forwarding -= wish.ForwardClientCertificate ? 1 : 0;
        }

        foreach (var ingress in with)
        {
            if (after.Policies.Of(ingress)?.Tls is not { } annotations)
            {
                continue;
            }

            var wish = TlsPolicyResolver.ForAnnotations(ingress, annotations, options, after.Objects.Secrets);
            wishes.Add(ingress, wish);
            forwarding += wish.ForwardClientCertificate ? 1 : 0;
        }

        return new(wishes.ToImmutable(), _demands, _configured, _fallback, Selector.Annotated, Selector.Others, forwarding);
    }

    private TlsPolicyDirectory WithHosts(IReadOnlySet<string> hosts, CompiledRoutes after, ICollection<ResourceReference> touched)
    {
        var buckets = new List<KeyValuePair<string, TlsPolicyBucket?>>();
        var demands = _demands.ToBuilder();
        var others = Selector.Others;
        foreach (var host in hosts)
        {
            var claimants = host.Length == 0 ? ClaimantsOfOthers(after) : ClaimantsOf(host, after);
            var policy = Settle(host, claimants, demands, touched);
            if (host.Length == 0)
            {
                others = policy;
            }
            else if (policy is not null || Selector.Annotated.Get(host) is not null)
            {
                buckets.Add(new(host, policy is null ? null : new TlsPolicyBucket(policy)));
            }
        }

        return new(_wishes, demands.ToImmutable(), _configured, _fallback, Selector.Annotated.With(buckets), others, _forwarding);
    }

    // A canary takes requests by the policies of others.
    private static IEnumerable<IngressResource> ClaimantsOf(string host, CompiledRoutes after)
        => after.Claims.GetValueOrDefault(host, []).Select(static claim => claim.Ingress).Where(after.Policies.HasRoutes);

    // An Ingress without rules takes what no rule names, as a host-less rule does.
    private static IEnumerable<IngressResource> ClaimantsOfOthers(CompiledRoutes after)
        => ClaimantsOf("", after)
            .Concat(after.Defaults.WithoutRules)
            .Order(AgeOrder.Instance);

    // The oldest one that wishes for something decides for its namespace, and that of the oldest one of all decides for the host: a stranger has
    // no say (semantics 14.2).
    private TlsPolicy? Settle(
        string host,
        IEnumerable<IngressResource> claimants,
        ImmutableDictionary<string, ImmutableDictionary<string, TlsPolicy>>.Builder demands,
        ICollection<ResourceReference> touched)
    {
        string? owner = null;
        var ofNamespaces = new Dictionary<string, TlsPolicy>(StringComparer.Ordinal);
        foreach (var ingress in claimants)
        {
            owner ??= ingress.Name.Namespace;
            if (_wishes.TryGetValue(ingress, out var policy))
            {
                ofNamespaces.TryAdd(ingress.Name.Namespace, policy);
                touched.Add(ingress.Reference);
            }
        }

        var demanding = ofNamespaces.Where(static pair => pair.Value.ClientCertificates != ClientCertificateMode.None)
            .ToImmutableDictionary(StringComparer.Ordinal);
        if (demanding.IsEmpty)
        {
            demands.Remove(host);
        }
        else
        {
            demands[host] = demanding;
        }

        return owner is null ? null : ofNamespaces.GetValueOrDefault(owner);
    }
}

using System.Collections.Immutable;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Makes one generation of another: the phases in order, nothing else.</summary>
/// <remarks>
/// A full compilation is a change too: of a generation without objects. There is one way to resolve a host, a default or a certificate, so
/// the two cannot differ.
/// </remarks>
internal static class RouteTableCompiler
{
    /// <summary>Compiles a snapshot.</summary>
    public static CompiledRoutes Compile(ClusterSnapshot snapshot, RouteTableOptions options)
    {
        var objects = ClusterObjects.Of(snapshot, out var changes);
        return Compile(objects, changes, options);
    }

    /// <summary>Compiles what a change leads to.</summary>
    /// <param name="differences">What may be different; null when anything may.</param>
    public static CompiledRoutes Apply(
        CompiledRoutes before, ClusterChange change, RouteTableOptions options, out RouteTableChanges? differences)
    {
        var objects = before.Objects.Apply(change, out var changes);

        // A class decides over any number of Ingresses, and changes about never.
        if (changes.IngressClasses.Count > 0)
        {
            differences = null;
            return Compile(objects, objects.AsNew(), options);
        }

        var touched = new TouchedObjects(before, objects, change);
        var after = Next(before, objects, changes, options, touched);
        differences = touched.ToChanges(before, after);
        return after;
    }

    private static CompiledRoutes Compile(ClusterObjects objects, ClusterObjectChanges changes, RouteTableOptions options)
    {
        var nothing = new DiagnosticBag();
        var classes = objects.IngressClasses.Usable.Where(item => IngressClassValidator.Validate(item, nothing));
        var start = CompiledRoutes.None(options) with { Classes = new IngressClassSelector(classes, options.ControllerName) };
        return Next(start, objects, changes, options, null);
    }

    private static CompiledRoutes Next(
        CompiledRoutes before, ClusterObjects objects, ClusterObjectChanges changes, RouteTableOptions options, TouchedObjects? touched)
    {
        var served = Served(changes, before.Classes);
        var ceased = changes.Ingresses.Select(static change => change.Before).OfType<IngressResource>()
            .ToHashSet<IngressResource>(ReferenceEqualityComparer.Instance);

        var stale = StaleIngresses.Of(before, changes, ceased);
        touched?.Add(stale);
        var configured = before.Configured.With(changes, objects.Secrets, options);
        var isConfiguredAnew = !ReferenceEquals(configured, before.Configured);
        var changed = new PolicyChanges();
        var policies = before.Policies.With(ceased, served, stale.Policies, isConfiguredAnew, objects, options, changed);
        var after = before with
        {
            Objects = objects,
            Configured = configured,
            Policies = policies,
            Users = before.Users.With([.. ceased, .. stale.Policies], before.Policies, [.. served, .. stale.Policies], policies),
            Services = before.Services.With(changes, options, touched?.Services ?? []),
            Certificates = before.Certificates.With(
                before.Objects.Secrets, objects, ceased, served, changes, stale.Certificates, options, touched?.Resources ?? []),
        };

        // An Ingress that asks for something else now is one that ceased and began.
        HashSet<IngressResource> gone = changed.Changed.Count == 0 ? ceased : new(ceased.Concat(changed.Changed), ReferenceEqualityComparer.Instance);
        List<IngressResource> come = changed.Changed.Count == 0 ? served : [.. served, .. changed.Changed];
        return gone.Count == 0 && come.Count == 0 && changed.OfHosts.Count == 0 && !isConfiguredAnew
            ? after
            : WithHosts(before, after, gone, come, changed.OfHosts, options, touched);
    }

    // What is invalid or not ours takes no part in anything that follows (D3, D4).
    private static List<IngressResource> Served(ClusterObjectChanges changes, IngressClassSelector classes)
    {
        var nothing = new DiagnosticBag();
        return [.. changes.Ingresses
            .Select(static change => change.After)
            .OfType<IngressResource>()
            .Where(ingress => IngressValidator.Validate(ingress, nothing) && classes.IsServed(ingress))];
    }

    private static CompiledRoutes WithHosts(
        CompiledRoutes before,
        CompiledRoutes after,
        HashSet<IngressResource> ceased,
        List<IngressResource> served,
        IReadOnlyCollection<IngressResource> renewed,
        RouteTableOptions options,
        TouchedObjects? touched)
    {
        var hosts = AffectedHosts.Of(before, after, ceased, served, renewed);
        after = after with
        {
            Claims = ClaimsAfter(before.Claims, hosts, ceased),
            Defaults = before.Defaults.With(ceased, served, after.Policies),
        };
        after = WithDefaultPolicies(after, hosts, served, before.Policies.HasHostPolicies || after.Policies.HasHostPolicies);

        var buckets = new List<KeyValuePair<string, HostBucket?>>(hosts.Count);
        var hostless = before.Matcher.Hostless;
        var others = before.Matcher.Others;
        var withChoices = before.Matcher.HostsWithChoices;
        foreach (var (host, added) in hosts)
        {
            var known = before.Claims.GetValueOrDefault(host, []);
            var next = after.Claims.GetValueOrDefault(host, []);

            // An Ingress that was never served claimed nothing. Its host may be anything, such as that of another in upper case.
            if (known.Length == 0 && next.Length == 0 && host.Length > 0)
            {
                continue;
            }

            var knownBucket = known.Length > 0 ? before.BucketOf(host) : null;
            var policies = after.PolicyClaimsOf(host);
            var bucket = next.Length > 0
                ? Resolve(host, next, policies, knownBucket is not null && next.Length > added.Count ? new(knownBucket.Routes, ceased) : null, after, options)
                : null;
            touched?.AddHost(known.Concat(next), knownBucket, bucket);
            withChoices += (bucket is { HasChoices: true } ? 1 : 0) - (knownBucket is { HasChoices: true } ? 1 : 0);
            if (host.Length > 0)
            {
                buckets.Add(new(host, bucket));
            }
            else
            {
                touched?.AddOthers(before, after);
                hostless = bucket;
                others = bucket?.Scope ?? after.Configured.ScopeOf(null, policies.Decided ?? after.Configured.AllHosts.Policies);
            }
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        after = after with { Added = before.Added.With(ceased, served, before.Policies, after.Policies, names) };
        withChoices += AddHosts(before, after, hosts.Keys, names, buckets, touched);
        var matcher = new RouteMatcher(
            before.Matcher.Named.With(buckets),
            hostless,
            after.Defaults.KnownHost,
            after.Defaults.UnknownHost,
            others,
            after.Configured.Hosts,
            withChoices,
            before.Matcher);
        return after with { Matcher = matcher, Routes = new(after.HostsWithRoutes, matcher, after.Defaults) };
    }

    // The hosts that annotations add follow those that rules name.
    private static int AddHosts(
        CompiledRoutes before,
        CompiledRoutes after,
        IReadOnlyCollection<string> hosts,
        HashSet<string> names,
        List<KeyValuePair<string, HostBucket?>> buckets,
        TouchedObjects? touched)
    {
        if (names.Count == 0 && ReferenceEquals(after.Added, AddedHosts.Empty))
        {
            return 0;
        }

        names.UnionWith(hosts.Where(host => before.Added.Find(host) is not null || after.Added.Find(host) is not null));
        names.UnionWith(hosts.SelectMany(host => before.Added.NamesOf(host).Concat(after.Added.NamesOf(host))));
        var changed = buckets.ToDictionary(StringComparer.Ordinal);
        var withChoices = 0;
        foreach (var name in names)
        {
            var known = before.Claims.ContainsKey(name) ? null : before.Matcher.Named.Get(name);
            var bucket = after.Added.BucketOf(
                name, after, host => changed.TryGetValue(host, out var made) ? made : after.Claims.ContainsKey(host) ? before.Matcher.BucketOf(host) : null);
            withChoices += (bucket is { HasChoices: true } ? 1 : 0) - (known is { HasChoices: true } ? 1 : 0);
            touched?.AddHost([], known, bucket);
            touched?.AddHosts(before.Added.Claimants(name).Concat(after.Added.Claimants(name)));
            if (!after.Claims.ContainsKey(name) && (bucket is not null || known is not null || changed.ContainsKey(name)))
            {
                changed[name] = bucket;
            }
        }

        buckets.Clear();
        buckets.AddRange(changed);
        return withChoices;
    }

    private static ImmutableDictionary<string, RuleClaim[]> ClaimsAfter(
        ImmutableDictionary<string, RuleClaim[]> before, Dictionary<string, List<RuleClaim>> hosts, HashSet<IngressResource> ceased)
    {
        var claims = before.ToBuilder();
        foreach (var (host, added) in hosts)
        {
            var next = HostClaims.Next(claims.GetValueOrDefault(host, []), ceased, added);
            if (next.Length > 0)
            {
                claims[host] = next;
            }
            else
            {
                claims.Remove(host);
            }
        }

        return claims.ToImmutable();
    }

    // A default backend answers for hosts of others too, so every host of its Ingress has a say in its policies; and a host that has none of its own
    // changes may have a default backend whose policies did.
    private static CompiledRoutes WithDefaultPolicies(
        CompiledRoutes after, Dictionary<string, List<RuleClaim>> hosts, IReadOnlyCollection<IngressResource> served, bool hasHostPolicies)
    {
        var claimants = hasHostPolicies ? hosts.Keys.SelectMany(after.ClaimantsOf) : [];
        var defaults = after.Defaults.WithPolicies(served.Concat(claimants), after.DefaultPoliciesOf, out var replaced);
        foreach (var host in replaced.SelectMany(static ingress => ingress.Rules).Select(RuleClaim.HostOf))
        {
            hosts.TryAdd(host, []);
        }

        return after with { Defaults = defaults };
    }

    private static HostBucket? Resolve(
        string host, RuleClaim[] claims, HostPolicyClaims policies, KnownRoutes? known, CompiledRoutes generation, RouteTableOptions options)
    {
        var builder = new HostBucketBuilder(host, generation, options);
        builder.Resolve(claims, policies, known);
        return builder.IsClaimed
            ? new(builder.Routes, generation.Configured.ScopeOf(generation.Defaults.RouteOf(builder.DefaultOwner), builder.HostPolicies))
            : null;
    }
}

using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Makes one generation of another: the phases in order, nothing else.</summary>
/// <remarks>
/// A full compilation is a change too: of a generation without objects. There is one way to settle a host, a default or a certificate, so
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
        var changed = new List<IngressResource>();
        var policies = before.Policies.With(ceased, served, stale.Policies, objects, options, changed);
        var users = before.Users.With([.. ceased, .. stale.Policies], before.Policies, [.. served, .. stale.Policies], policies);
        var certificates = before.Certificates.With(
            before.Objects.Secrets, objects, ceased, served, changes, stale.Certificates, options, touched?.Resources ?? []);
        var services = before.Services.With(changes, options, touched?.Services ?? []);

        // An Ingress that asks for something else now is one that ceased and began.
        HashSet<IngressResource> gone = changed.Count == 0 ? ceased : new(ceased.Concat(changed), ReferenceEqualityComparer.Instance);
        List<IngressResource> come = changed.Count == 0 ? served : [.. served, .. changed];
        var after = before with
        {
            Objects = objects,
            Policies = policies,
            Users = users,
            Defaults = before.Defaults.With(gone, come, policies),
            Services = services,
            Certificates = certificates,
        };
        after = gone.Count == 0 && come.Count == 0 ? after : WithHosts(after, gone, come, options, touched);
        return after with
        {
            TlsPolicies = before.TlsPolicies.With(before, after, changes, served, stale.Policies, options, touched?.Resources ?? []),
        };
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
        HashSet<IngressResource> ceased,
        List<IngressResource> served,
        RouteTableOptions options,
        TouchedObjects? touched)
    {
        var claims = before.Claims.ToBuilder();
        var buckets = new List<KeyValuePair<string, HostBucket?>>();
        var hostless = before.Matcher.Hostless;
        var withChoices = before.Matcher.HostsWithChoices;
        foreach (var (host, added) in ClaimedHosts(ceased, served))
        {
            var known = claims.GetValueOrDefault(host, []);
            var next = HostClaims.Next(known, ceased, added);

            // An Ingress that was never served claimed nothing. Its host may be anything, such as that of another in upper case.
            if (known.Length == 0 && next.Length == 0)
            {
                continue;
            }

            var knownBucket = known.Length > 0 ? before.BucketOf(host) : null;
            var bucket = next.Length > 0 ? Settle(host, next, knownBucket, ceased, before, options) : null;
            touched?.AddHost(known.Concat(next), knownBucket, bucket);
            withChoices += (bucket is { HasChoices: true } ? 1 : 0) - (knownBucket is { HasChoices: true } ? 1 : 0);
            if (next.Length > 0)
            {
                claims[host] = next;
            }
            else
            {
                claims.Remove(host);
            }

            if (host.Length > 0)
            {
                buckets.Add(new(host, bucket));
            }
            else
            {
                hostless = bucket;
            }
        }

        var defaults = before.Defaults;
        var matcher = new RouteMatcher(
            before.Matcher.Named.With(buckets), hostless, defaults.KnownHost, defaults.UnknownHost, withChoices, before.Matcher);
        var settled = claims.ToImmutable();
        return before with { Claims = settled, Matcher = matcher, Routes = new(settled.Keys, matcher, defaults) };
    }

    private static HostBucket? Settle(
        string host, RuleClaim[] claims, HostBucket? known, HashSet<IngressResource> ceased, CompiledRoutes generation, RouteTableOptions options)
    {
        var builder = new HostBucketBuilder(host, generation.Policies, options);
        builder.Settle(claims, known is not null && claims.Length > 1 ? new KnownRoutes(known.Routes, ceased) : null);
        return builder.IsClaimed ? new(builder.Routes, generation.Defaults.RouteOf(builder.DefaultOwner)) : null;
    }

    private static Dictionary<string, List<RuleClaim>> ClaimedHosts(HashSet<IngressResource> ceased, List<IngressResource> served)
    {
        var hosts = new Dictionary<string, List<RuleClaim>>(served.Count, StringComparer.Ordinal);
        foreach (var rule in ceased.SelectMany(static ingress => ingress.Rules))
        {
            hosts.TryAdd(RuleClaim.HostOf(rule), []);
        }

        foreach (var ingress in served)
        {
            for (var i = 0; i < ingress.Rules.Count; i++)
            {
                var host = RuleClaim.HostOf(ingress.Rules[i]);
                if (!hosts.TryGetValue(host, out var claims))
                {
                    hosts.Add(host, claims = []);
                }

                claims.Add(new(ingress, i));
            }
        }

        return hosts;
    }
}

using System.Collections.Immutable;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>All routes of a generation. Put together when somebody asks, because that costs more than a change does.</summary>
internal sealed class RouteList(ImmutableDictionary<string, HostClaims> hosts, DefaultBackends defaults)
{
    private IReadOnlyList<IngressRoute>? _value;

    /// <summary>Most specific first, each route once.</summary>
    public IReadOnlyList<IngressRoute> Value
        => Volatile.Read(ref _value) ?? Interlocked.CompareExchange(ref _value, InOrder(), null) ?? _value;

    /// <summary>The default backends that can be chosen, behind the hosts of their rules and behind everything else.</summary>
    public IEnumerable<IngressRoute> Defaults => hosts.Values
        .Select(host => defaults.RouteOf(host.DefaultOwner))
        .Append(HasNamedHost ? defaults.KnownHost : null)
        .Append(defaults.UnknownHost)
        .OfType<IngressRoute>()
        .Distinct();

    /// <summary>The default backend of one Ingress, if it can be chosen.</summary>
    public IngressRoute? DefaultOf(IngressResource ingress)
    {
        if (ingress.DefaultBackend is null)
        {
            return null;
        }

        var route = defaults.RouteOf(ingress);
        return ReferenceEquals(route, defaults.UnknownHost)
            || (ReferenceEquals(route, defaults.KnownHost) && HasNamedHost)
            || ingress.Rules.Any(rule => ReferenceEquals(hosts[RuleClaim.HostOf(rule)].DefaultOwner, ingress))
                ? route
                : null;
    }

    // A default for known hosts cannot be chosen where no host is known.
    private bool HasNamedHost => hosts.Count > (hosts.ContainsKey("") ? 1 : 0);

    private List<IngressRoute> InOrder()
    {
        var ordered = hosts
            .OrderBy(static host => host.Key.Length == 0)
            .ThenBy(static host => HostTable<HostBucket>.IsWildcard(host.Key))
            .ThenBy(static host => host.Key, StringComparer.Ordinal)
            .Select(static host => host.Value)
            .ToList();
        var hostDefaults = ordered.Select(host => defaults.RouteOf(host.DefaultOwner)).OfType<IngressRoute>();
        return [.. ordered.SelectMany(static host => host.Bucket.Routes), .. hostDefaults.Concat(Defaults).Distinct()];
    }
}

using System.Collections.Immutable;
using Ingress.Routing.Annotations;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Matching;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>The hosts that annotations add: other names of a host, and names that only redirect to one (semantics 5.13). Immutable.</summary>
/// <remarks>A host that a rule names is that of the rule. Of several Ingresses that add one name, the oldest does.</remarks>
internal sealed class AddedHosts
{
    private readonly ImmutableDictionary<string, ImmutableArray<Claim>> _byName;
    private readonly ImmutableDictionary<string, ImmutableHashSet<string>> _byTarget;

    private AddedHosts(ImmutableDictionary<string, ImmutableArray<Claim>> byName, ImmutableDictionary<string, ImmutableHashSet<string>> byTarget)
    {
        _byName = byName;
        _byTarget = byTarget;
    }

    public static AddedHosts Empty { get; } = new(
        ImmutableDictionary.Create<string, ImmutableArray<Claim>>(StringComparer.Ordinal),
        ImmutableDictionary.Create<string, ImmutableHashSet<string>>(StringComparer.Ordinal));

    /// <summary>The names, whether they are served or not.</summary>
    public IEnumerable<string> Names => _byName.Keys;

    /// <summary>The one who adds a name, unless a rule names it.</summary>
    public Claim? Find(string name) => _byName.TryGetValue(name, out var claims) ? claims[0] : null;

    /// <summary>All who ask for a name.</summary>
    public IEnumerable<IngressResource> Claimants(string name) => _byName.GetValueOrDefault(name, []).Select(static claim => claim.Ingress);

    /// <summary>The names that lead to a host.</summary>
    public IEnumerable<string> NamesOf(string target) => _byTarget.GetValueOrDefault(target) ?? [];

    /// <summary>The hosts after some Ingresses ceased to be served and others began.</summary>
    /// <param name="affected">Receives the names about which something was or is asked.</param>
    public AddedHosts With(
        IEnumerable<IngressResource> ceased,
        IEnumerable<IngressResource> begun,
        PolicyDirectory before,
        PolicyDirectory after,
        HashSet<string> affected)
    {
        if (!before.HasAddedHosts && !after.HasAddedHosts)
        {
            return this;
        }

        var byName = _byName.ToBuilder();
        var byTarget = _byTarget.ToBuilder();
        foreach (var ingress in ceased)
        {
            foreach (var host in before.AddedHostsOf(ingress))
            {
                affected.Add(host.Name);
                var left = byName.GetValueOrDefault(host.Name, []).RemoveAll(claim => ReferenceEquals(claim.Ingress, ingress));
                if (left.IsEmpty)
                {
                    byName.Remove(host.Name);
                }
                else
                {
                    byName[host.Name] = left;
                }
            }
        }

        foreach (var ingress in begun)
        {
            foreach (var host in after.AddedHostsOf(ingress))
            {
                affected.Add(host.Name);
                byName[host.Name] = [.. byName.GetValueOrDefault(host.Name, []).Add(new(ingress, host)).OrderBy(static claim => claim.Ingress, AgeOrder.Instance)];
                byTarget[host.Target] = byTarget.GetValueOrDefault(host.Target, ImmutableHashSet.Create<string>(StringComparer.Ordinal)).Add(host.Name);
            }
        }

        return new(byName.ToImmutable(), byTarget.ToImmutable());
    }

    /// <summary>Reports the hosts that an Ingress asks for and does not get.</summary>
    public void Report(IngressResource ingress, CompiledRoutes routes, DiagnosticBag diagnostics)
    {
        foreach (var host in routes.Policies.AddedHostsOf(ingress))
        {
            var problem = routes.Claims.ContainsKey(host.Name) ? $"A rule is for '{host.Name}', and what rules say goes first."
                : Find(host.Name) is { } first && (!ReferenceEquals(first.Ingress, ingress) || first.Host != host)
                    ? $"{(ReferenceEquals(first.Ingress, ingress) ? "This Ingress" : $"Ingress '{first.Ingress.Name}' goes first by age and")} adds '{host.Name}' already, for '{first.Host.Target}'."
                : null;
            if (problem is not null)
            {
                diagnostics.At(DiagnosticPhase.Annotations);
                diagnostics.Warn(
                    ingress,
                    IngressDiagnosticIds.AddedHostNotServed,
                    $"metadata.annotations[{host.Annotation}]",
                    $"{problem} '{host.Name}' is not added for '{host.Target}'.");
            }
        }
    }

    /// <summary>What one name comes to; null when it is not served.</summary>
    /// <param name="bucketOf">The bucket of a host with rules.</param>
    public HostBucket? BucketOf(string name, CompiledRoutes routes, Func<string, HostBucket?> bucketOf)
    {
        if (routes.Claims.ContainsKey(name) || Find(name) is not { } claim || bucketOf(claim.Host.Target) is not { } target)
        {
            return null;
        }

        return claim.Host.Redirect is not { } redirect ? target
            : RouteFactory.ForAddedHost(claim.Ingress, claim.Host, redirect) is { } route ? new([route], target.Scope)
            : null;
    }

    /// <summary>One Ingress that asks for a host.</summary>
    public readonly record struct Claim(IngressResource Ingress, AddedHost Host);
}

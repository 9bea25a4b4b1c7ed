using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>The hosts that a change affects, each with the claims on it that are new.</summary>
internal static class AffectedHosts
{
    /// <param name="before">The generation before the change.</param>
    /// <param name="after">The generation after it, with its policies; not yet with its hosts.</param>
    /// <param name="ceased">The Ingresses that are served no more.</param>
    /// <param name="served">The Ingresses that are served now.</param>
    /// <param name="renewed">The Ingresses whose policies were made anew, because something that they refer to has changed.</param>
    public static Dictionary<string, List<RuleClaim>> Of(
        CompiledRoutes before,
        CompiledRoutes after,
        IReadOnlyCollection<IngressResource> ceased,
        IReadOnlyCollection<IngressResource> served,
        IReadOnlyCollection<IngressResource> renewed)
    {
        var hosts = new Dictionary<string, List<RuleClaim>>(served.Count, StringComparer.Ordinal);
        foreach (var rule in ceased.Concat(renewed).SelectMany(static ingress => ingress.Rules))
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

        if (!ReferenceEquals(before.Configured, after.Configured))
        {
            foreach (var host in before.Claims.Keys.Append(""))
            {
                hosts.TryAdd(host, []);
            }
        }
        else if ((before.Policies.HasHostPolicies || after.Policies.HasHostPolicies)
            && ceased.Concat(served).Concat(renewed).Any(static ingress => ingress.Rules.Count == 0))
        {
            // An Ingress without rules has a say about all hosts that no rule names.
            hosts.TryAdd("", []);
        }

        return hosts;
    }
}

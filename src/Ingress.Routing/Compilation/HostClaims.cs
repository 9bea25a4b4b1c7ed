using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>The claims on one host, the oldest first.</summary>
internal static class HostClaims
{
    /// <summary>The claims without those of some Ingresses and with those of others.</summary>
    /// <param name="claims">The claims so far.</param>
    /// <param name="without">The Ingresses whose claims go; a set by instance.</param>
    /// <param name="added">The claims that come.</param>
    public static RuleClaim[] Next(RuleClaim[] claims, HashSet<IngressResource> without, List<RuleClaim> added)
    {
        // Nearly every host belongs to one rule.
        if (claims.Length == 0 && added.Count == 1)
        {
            return [added[0]];
        }

        RuleClaim[] next = [.. claims.Where(claim => !without.Contains(claim.Ingress)), .. added];
        Array.Sort(next, RuleClaim.CompareByAge);
        return next;
    }
}

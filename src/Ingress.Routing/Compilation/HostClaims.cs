using Ingress.Routing.Matching;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Who claims one host, and what came of it. Immutable.</summary>
/// <param name="claims">The claims, the oldest first.</param>
/// <param name="defaultOwner">The Ingress whose default backend serves the host (D14, step 2).</param>
/// <param name="bucket">What requests are matched against.</param>
internal sealed class HostClaims(RuleClaim[] claims, IngressResource? defaultOwner, HostBucket bucket)
{
    public RuleClaim[] Claims { get; } = claims;

    public IngressResource? DefaultOwner { get; } = defaultOwner;

    public HostBucket Bucket { get; } = bucket;

    /// <summary>The claims without those of some Ingresses and with those of others, in order of age.</summary>
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

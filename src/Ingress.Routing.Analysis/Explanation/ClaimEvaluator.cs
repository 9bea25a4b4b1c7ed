using System.Text;
using Ingress.Routing.Compilation;

namespace Ingress.Routing.Explanation;

/// <summary>Evaluates the claims on one host for one path, in the order of precedence (D6): the first one that fits wins.</summary>
/// <param name="path">The canonical path of the request.</param>
/// <param name="request">What the request has besides, with its query.</param>
/// <param name="table">The table that is asked.</param>
internal sealed class ClaimEvaluator(string path, (RouteRequest Sent, string Query) request, IngressRouteTable table)
{
    /// <summary>Whether a regular expression took longer than it may, so that nothing takes the request.</summary>
    public bool IsTooSlow { get; private set; }

    /// <param name="bucket">The claims on the chosen host, oldest Ingress first.</param>
    /// <param name="excluded">Claims of Ingresses that take no part, on the chosen host or a more specific one.</param>
    /// <returns>The claims in the order in which they are considered, then those without paths, then those that take no part.</returns>
    public IReadOnlyList<ClaimExplanation> Evaluate(IEnumerable<PathClaim> bucket, IEnumerable<PathClaim> excluded, out PathClaim? winner)
    {
        var all = bucket.ToList();
        var owner = all.FirstOrDefault()?.Ingress.Name;
        var readings = HostPathReadings.Of(
            [.. all.Where(claim => MayClaim(claim.Ingress.Name, owner, table.Options)).Select(static claim => new RuleClaim(claim.Ingress, claim.RuleIndex)).Distinct()],
            table.Policies,
            table.Options);
        var ranked = all.Concat(excluded).Select(claim => Candidate.Of(claim, path, owner, readings, table))
            .OrderBy(static candidate => candidate.Exclusion is not null)
            .ThenBy(static candidate => candidate.Claim.Written is null)
            .ThenByDescending(static candidate => candidate.IsExact)
            .ThenBy(static candidate => candidate.Pattern is null)
            .ThenByDescending(static candidate => candidate.Length)
            .ThenByDescending(static candidate => candidate.Pattern is null ? "" : candidate.Path, StringComparer.Ordinal)
            .ThenBy(static candidate => candidate.Path, StringComparer.Ordinal)
            .ThenByDescending(static candidate => candidate.Pattern is null && candidate.Type == PathType.Prefix)
            .ThenByDescending(static candidate => candidate.Conditions.Count)
            .ThenBy(static candidate => candidate.Conditions.IsUnknown)
            .ThenBy(static candidate => candidate.Claim.Age)
            .ThenBy(static candidate => candidate.Claim.RuleIndex)
            .ThenBy(static candidate => candidate.Claim.PathIndex)
            .ToList();
        var best = ranked.Find(candidate => candidate is { Exclusion: null, Mismatch: null, Claim.Written: not null } && (candidate.IsTooSlow || IsMet(candidate)));
        IsTooSlow = best is { IsTooSlow: true };
        best = IsTooSlow ? null : best;
        winner = best?.Claim;
        return ranked.ConvertAll(candidate => Explain(candidate, best, owner));
    }

    /// <summary>Whether an Ingress may have rules of a host (D21).</summary>
    /// <param name="owner">The oldest Ingress with rules of the host.</param>
    public static bool MayClaim(NamespacedName ingress, NamespacedName? owner, RouteTableOptions options)
        => options.HostSharing == HostSharing.Allowed || owner is null || ingress.Namespace == owner.Value.Namespace;

    private bool IsMet(Candidate candidate) => candidate.Conditions.AreMet(request.Sent, request.Query);

    private ClaimExplanation Explain(Candidate candidate, Candidate? best, NamespacedName? owner)
    {
        var claim = candidate.Claim;
        var outcome = candidate.Exclusion
            ?? (claim.Written is null ? ClaimOutcome.NoPaths
                : candidate.Mismatch is not null ? ClaimOutcome.PathDiffers
                : !IsMet(candidate) ? ClaimOutcome.ConditionsNotMet
                : candidate == best ? ClaimOutcome.Wins
                : best is null ? ClaimOutcome.TooSlow
                : ClaimOutcome.Outranked);
        PrecedenceStep? step = outcome == ClaimOutcome.Outranked ? StepBetween(best!, candidate) : null;
        return new()
        {
            Ingress = claim.Ingress,
            Field = claim.Field,
            Host = string.IsNullOrEmpty(claim.Rule.Host) ? null : claim.Rule.Host,
            Path = claim.Written is null ? null : candidate.Path,
            PathAsWritten = claim.Written is { } written ? RulePath.AsWritten(written) : null,
            PathType = candidate.Type,
            Backend = claim.Written?.Backend,
            Outcome = outcome,
            Mismatch = candidate.Mismatch,
            Conditions = candidate.Conditions,
            OutrankedBy = step,
            Diagnostics = claim.Owner.IsServed ? [] : claim.Owner.Diagnostics,
            Location = claim.Ingress.Origin?.Locate(claim.Written is null ? claim.Field : $"{claim.Field}.path"),
            Message = outcome switch
            {
                ClaimOutcome.Wins when candidate.Conditions.Count > 0
                    => $"It is the first in order whose path fits and whose conditions are met: {candidate.Conditions}.",
                ClaimOutcome.Wins => "It is the first in order whose path fits.",
                ClaimOutcome.ConditionsNotMet => $"Its path fits, but the request does not meet its conditions: {candidate.Conditions}.",
                ClaimOutcome.TooSlow when candidate.IsTooSlow => "Its regular expression takes longer than it may. The answer is 503.",
                ClaimOutcome.TooSlow => "It fits, but the regular expression of another path takes longer than it may. The answer is 503.",
                ClaimOutcome.Canary => "The Ingress is a canary, which takes requests of another one and has no paths of its own.",
                ClaimOutcome.PathDiffers => candidate.Mismatch!.Message + (candidate.Pattern is null ? PatternHint(claim) : ""),
                ClaimOutcome.Outranked => OutrankedMessage(step!.Value, best!, candidate),
                ClaimOutcome.NoPaths => "The rule has no paths; it leaves its host to the default backends.",
                ClaimOutcome.HostNotOwned => $"Ingress '{owner}' is older and owns the host for its namespace.",
                _ => string.Join(' ', claim.Owner.Diagnostics.Select(static diagnostic => diagnostic.Message)),
            },
        };
    }

    // Written for a controller that reads patterns, most likely; lint says more (INGR117).
    private static string PatternHint(PathClaim claim)
        => PathSyntax.LooksLikePattern(RulePath.AsWritten(claim.Written!))
            ? " Paths are literal text, never patterns."
            : "";

    private static PrecedenceStep StepBetween(Candidate winner, Candidate loser)
        => winner.IsExact && !loser.IsExact ? PrecedenceStep.ExactPath
            : winner.Pattern is not null && loser.Pattern is null ? PrecedenceStep.RegularExpression
            : winner.Length != loser.Length ? PrecedenceStep.LongerPath
            : winner.Pattern is not null && winner.Path != loser.Path ? PrecedenceStep.PatternText
            : winner.Pattern is null && winner.Type != loser.Type ? PrecedenceStep.PathType
            : winner.Conditions.Count != loser.Conditions.Count || winner.Conditions.IsUnknown != loser.Conditions.IsUnknown
                ? PrecedenceStep.MoreConditions
            : winner.Claim.Age != loser.Claim.Age ? PrecedenceStep.Age
            : PrecedenceStep.ListOrder;

    private static string OutrankedMessage(PrecedenceStep step, Candidate winner, Candidate loser)
    {
        var name = $"{winner.Type} '{winner.Path}'";
        return step switch
        {
            PrecedenceStep.ExactPath => $"It fits, but {name} goes first, as Exact paths do.",
            PrecedenceStep.RegularExpression => $"It fits, but {name} is a regular expression and goes first.",
            PrecedenceStep.PatternText => $"It fits, but {name} goes first: of expressions of one length, the one with the later text does.",
            PrecedenceStep.LongerPath => $"It fits, but {name} is longer and goes first.",
            PrecedenceStep.PathType => $"It fits, but {name} is the same path as Prefix and goes first.",
            PrecedenceStep.MoreConditions when loser.Conditions.IsUnknown
                => $"It fits, but its conditions cannot be understood; the same path of Ingress '{winner.Claim.Ingress.Name}' goes first.",
            PrecedenceStep.MoreConditions => $"It fits, but the same path with more conditions ({winner.Conditions}) goes first.",
            PrecedenceStep.Age => $"Ingress '{winner.Claim.Ingress.Name}' claims the same path and is older.",
            _ => $"The same Ingress claims the same path earlier, at {winner.Claim.Field}.",
        };
    }

    private sealed record Candidate(PathClaim Claim, PathType Type, string Path, PathMismatch? Mismatch, ClaimOutcome? Exclusion, RouteConditions Conditions)
    {
        public PathPattern? Pattern { get; private init; }

        public bool IsTooSlow { get; private init; }

        public bool IsExact => Type == PathType.Exact && Pattern is null;

        // Expressions are compared by their bytes, because ingress-nginx does.
        public int Length => Pattern is null ? Path.Length : Encoding.UTF8.GetByteCount(Path);

        public static Candidate Of(PathClaim claim, string requestPath, NamespacedName? owner, HostPathReadings readings, IngressRouteTable table)
        {
            var exclusion = claim.Owner.Exclusion
                ?? (MayClaim(claim.Ingress.Name, owner, table.Options) ? null : ClaimOutcome.HostNotOwned);
            var conditions = exclusion is null ? table.Policies.Of(claim.Ingress)?.Conditions : null;
            if (claim.Written is not { } written)
            {
                return new(claim, default, "", null, exclusion, RouteConditions.None);
            }

            // Of an invalid Ingress the path may be anything.
            var type = RulePath.TypeOf(written);
            var asWritten = RulePath.AsWritten(written);
            if (exclusion is null && readings.PatternOf(new(claim.Ingress, claim.RuleIndex), claim.PathIndex) is { } pattern)
            {
                var fits = pattern.IsMatch(requestPath);
                return new(claim, type, asWritten, fits == false ? new() { Element = 0, Pattern = pattern } : null, null, conditions ?? RouteConditions.None)
                {
                    Pattern = pattern,
                    IsTooSlow = fits is null,
                };
            }

            var path = RulePath.Canonical(asWritten.StartsWith('/') ? asWritten : $"/{asWritten}", table.Options);
            return new(claim, type, path, PathMismatch.Find(type, path, requestPath), exclusion, conditions ?? RouteConditions.None);
        }
    }
}

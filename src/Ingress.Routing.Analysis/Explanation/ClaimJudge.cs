using Ingress.Routing.Compilation;

namespace Ingress.Routing.Explanation;

/// <summary>Judges the claims on one host for one path, in the order of precedence (D6): the first one that fits wins.</summary>
/// <param name="path">The canonical path of the request.</param>
/// <param name="options">What the table was compiled with.</param>
internal sealed class ClaimJudge(string path, RouteTableOptions options)
{
    /// <param name="bucket">The claims on the chosen host, oldest Ingress first.</param>
    /// <param name="excluded">Claims of Ingresses that take no part, on the chosen host or a more specific one.</param>
    /// <returns>The claims in the order in which they are considered, then those without paths, then those that take no part.</returns>
    public IReadOnlyList<ClaimExplanation> Judge(IEnumerable<PathClaim> bucket, IEnumerable<PathClaim> excluded, out PathClaim? winner)
    {
        var all = bucket.ToList();
        var owner = all.FirstOrDefault()?.Ingress.Name;
        var ranked = all.Concat(excluded).Select(Candidate.Of(options, path, owner))
            .OrderBy(static candidate => candidate.Exclusion is not null)
            .ThenBy(static candidate => candidate.Claim.Written is null)
            .ThenByDescending(static candidate => candidate.Type == PathType.Exact)
            .ThenByDescending(static candidate => candidate.Path.Length)
            .ThenBy(static candidate => candidate.Path, StringComparer.Ordinal)
            .ThenByDescending(static candidate => candidate.Type == PathType.Prefix)
            .ThenBy(static candidate => candidate.Claim.Age)
            .ThenBy(static candidate => candidate.Claim.RuleIndex)
            .ThenBy(static candidate => candidate.Claim.PathIndex)
            .ToList();
        var best = ranked.Find(static candidate => candidate is { Exclusion: null, Mismatch: null, Claim.Written: not null });
        winner = best?.Claim;
        return ranked.ConvertAll(candidate => Explain(candidate, best, owner));
    }

    /// <summary>Whether an Ingress may have rules of a host (D21).</summary>
    /// <param name="owner">The oldest Ingress with rules of the host.</param>
    public static bool MayClaim(NamespacedName ingress, NamespacedName? owner, RouteTableOptions options)
        => options.HostSharing == HostSharing.Allowed || owner is null || ingress.Namespace == owner.Value.Namespace;

    private static ClaimExplanation Explain(Candidate candidate, Candidate? best, NamespacedName? owner)
    {
        var claim = candidate.Claim;
        var outcome = candidate.Exclusion
            ?? (claim.Written is null ? ClaimOutcome.NoPaths
                : candidate.Mismatch is not null ? ClaimOutcome.PathDiffers
                : candidate == best ? ClaimOutcome.Wins : ClaimOutcome.Outranked);
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
            OutrankedBy = step,
            Diagnostics = claim.Owner.IsServed ? [] : claim.Owner.Diagnostics,
            Location = claim.Ingress.Origin?.Locate(claim.Written is null ? claim.Field : $"{claim.Field}.path"),
            Message = outcome switch
            {
                ClaimOutcome.Wins => "It is the first in order whose path fits.",
                ClaimOutcome.PathDiffers => candidate.Mismatch!.Message + PatternHint(claim),
                ClaimOutcome.Outranked => OutrankedMessage(step!.Value, best!),
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
        => winner.Type == PathType.Exact && loser.Type != PathType.Exact ? PrecedenceStep.ExactPath
            : winner.Path.Length != loser.Path.Length ? PrecedenceStep.LongerPath
            : winner.Type != loser.Type ? PrecedenceStep.PathType
            : winner.Claim.Age != loser.Claim.Age ? PrecedenceStep.Age
            : PrecedenceStep.ListOrder;

    private static string OutrankedMessage(PrecedenceStep step, Candidate winner)
    {
        var name = $"{winner.Type} '{winner.Path}'";
        return step switch
        {
            PrecedenceStep.ExactPath => $"It fits, but {name} goes first, as Exact paths do.",
            PrecedenceStep.LongerPath => $"It fits, but {name} is longer and goes first.",
            PrecedenceStep.PathType => $"It fits, but {name} is the same path as Prefix and goes first.",
            PrecedenceStep.Age => $"Ingress '{winner.Claim.Ingress.Name}' claims the same path and is older.",
            _ => $"The same Ingress claims the same path earlier, at {winner.Claim.Field}.",
        };
    }

    private sealed record Candidate(PathClaim Claim, PathType Type, string Path, PathMismatch? Mismatch, ClaimOutcome? Exclusion)
    {
        public static Func<PathClaim, Candidate> Of(RouteTableOptions options, string requestPath, NamespacedName? owner) => claim =>
        {
            var exclusion = claim.Owner.Exclusion
                ?? (MayClaim(claim.Ingress.Name, owner, options) ? null : ClaimOutcome.HostNotOwned);
            if (claim.Written is not { } written)
            {
                return new(claim, default, "", null, exclusion);
            }

            // Of an invalid Ingress the path may be anything.
            var type = RulePath.TypeOf(written);
            var asWritten = RulePath.AsWritten(written);
            var path = RulePath.Canonical(asWritten.StartsWith('/') ? asWritten : $"/{asWritten}", options);
            return new(claim, type, path, PathMismatch.Find(type, path, requestPath), exclusion);
        };
    }
}

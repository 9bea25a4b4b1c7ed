
namespace Ingress.Routing.Annotations;

/// <summary>What is said about patterns, whichever policy has them.</summary>
internal static class PolicyPatterns
{
    /// <summary>Why a pattern may not be used; null when it may. Warns of one that is slow.</summary>
    public static string? ProblemOf(PathPattern pattern, string annotation, PolicyContext context)
    {
        if (!pattern.NeedsBacktracking)
        {
            return null;
        }

        if (context.RejectsBacktracking)
        {
            return $"The pattern '{pattern}' needs backtracking, which is switched off";
        }

        context.Warn(
            annotation,
            $"The pattern '{pattern}' needs backtracking. A path that takes longer than {PathPattern.BacktrackingLimit.TotalMilliseconds:0} ms is answered with 503.");
        return null;
    }
}

using System.Collections.Immutable;

namespace Ingress.Routing.Policies;

/// <summary>One rule.</summary>
internal abstract class Rule
{
    /// <summary>Follows rules until one answers or ends the round.</summary>
    public static PolicyOutcome Follow(ImmutableArray<Rule> rules, RuleState state)
    {
        foreach (var rule in rules)
        {
            var outcome = rule.Follow(state);
            if (outcome.IsAnswer || state.HasEnded)
            {
                return outcome;
            }
        }

        return PolicyOutcome.Continue;
    }

    /// <summary>Follows the rule.</summary>
    public abstract PolicyOutcome Follow(RuleState state);

    /// <summary>A redirect to a place that the text of a rule names.</summary>
    protected static PolicyOutcome Redirect(int status, string location, RuleState state)
    {
        // Two slashes would begin a host, which the client would have chosen.
        var target = location.StartsWith('/') ? $"{state.Request.Scheme}://{state.Request.Host}/{location.TrimStart('/', '\\')}" : location;
        target = target.Replace(" ", "%20", StringComparison.Ordinal);
        return target.AsSpan().ContainsAnyExceptInRange('!', '~') ? PolicyOutcome.Answer(400) : PolicyOutcome.Redirect(status, target);
    }
}

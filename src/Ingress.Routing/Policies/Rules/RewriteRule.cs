namespace Ingress.Routing.Policies;

/// <summary>Changes the path if a pattern is in it, or redirects to what comes of it.</summary>
/// <param name="redirect">The status of the redirect; 0 changes the path.</param>
/// <param name="isLast">Whether the round ends, and the path is looked at again.</param>
/// <param name="isBreak">Whether the round ends.</param>
internal sealed class RewriteRule(RulePattern pattern, RuleText target, int redirect, bool isLast, bool isBreak) : Rule
{
    public override PolicyOutcome Follow(RuleState state)
    {
        if (pattern.IsIn(state.Path, out var captures) is not { } isIn)
        {
            return PolicyOutcome.Answer(503);
        }

        if (!isIn)
        {
            return PolicyOutcome.Continue;
        }

        state.Captures = captures;
        var (path, query) = Split(target.Expand(state), state.Query);
        if (redirect != 0)
        {
            return Redirect(redirect, path + query, state);
        }

        if (!state.TryChange(path, query))
        {
            return PolicyOutcome.Answer(400);
        }

        if (isLast || isBreak)
        {
            state.End(isToRepeat: isLast);
        }

        return PolicyOutcome.Continue;
    }

    // The query of the request is added, unless the text ends with '?'.
    private static (string Path, string Query) Split(string text, string query)
    {
        var mark = text.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (text, query)
            : mark == text.Length - 1 ? (text[..mark], "")
            : text.EndsWith('?') ? (text[..mark], text[mark..^1])
            : (text[..mark], query.Length > 1 ? $"{text[mark..]}&{query[1..]}" : text[mark..]);
    }
}

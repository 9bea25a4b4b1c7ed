namespace Ingress.Routing.Policies;

/// <summary>A comparison of a rule.</summary>
/// <param name="subject">What is compared.</param>
/// <param name="value">The text that it must be; null when there is none.</param>
/// <param name="pattern">The pattern that must be in it; null when there is none. Without text and pattern it must be something, and not <c>0</c>.</param>
/// <param name="isNegated">Whether the comparison must fail.</param>
internal sealed class RuleTest(RuleText subject, string? value, RulePattern? pattern, bool isNegated)
{
    /// <summary>Whether it holds; null when the pattern took longer than it may.</summary>
    public bool? Holds(RuleState state)
    {
        var text = subject.Expand(state);
        if (pattern is null)
        {
            return (value is null ? text.Length > 0 && text != "0" : text == value) != isNegated;
        }

        var isIn = pattern.IsIn(text, out var captures);
        if (isIn == true)
        {
            state.Captures = captures;
        }

        return isIn is { } found ? found != isNegated : null;
    }
}

namespace Ingress.Routing.Policies;

/// <summary>Answers, or redirects.</summary>
internal sealed class ReturnRule(int status, RuleText? text) : Rule
{
    public override PolicyOutcome Follow(RuleState state)
        => text is null ? PolicyOutcome.Answer(status)
            : status is 301 or 302 or 303 or 307 or 308 ? Redirect(status, text.Expand(state), state)
            : PolicyOutcome.Answer(status, text.Expand(state));
}

namespace Ingress.Routing.Policies;

/// <summary>Ends the round.</summary>
internal sealed class BreakRule : Rule
{
    public override PolicyOutcome Follow(RuleState state)
    {
        state.End(isToRepeat: false);
        return PolicyOutcome.Continue;
    }
}

namespace Ingress.Routing.Policies;

/// <summary>Remembers a text.</summary>
internal sealed class SetRule(int variable, RuleText value) : Rule
{
    public override PolicyOutcome Follow(RuleState state)
    {
        state[variable] = value.Expand(state);
        return PolicyOutcome.Continue;
    }
}

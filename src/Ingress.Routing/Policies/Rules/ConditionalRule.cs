using System.Collections.Immutable;

namespace Ingress.Routing.Policies;

/// <summary>Follows other rules, if a comparison holds.</summary>
internal sealed class ConditionalRule(RuleTest test, ImmutableArray<Rule> rules) : Rule
{
    public override PolicyOutcome Follow(RuleState state) => test.Holds(state) switch
    {
        true => Follow(rules, state),
        false => PolicyOutcome.Continue,
        null => PolicyOutcome.Answer(503), // a pattern that took too long must not open what it closes
    };
}

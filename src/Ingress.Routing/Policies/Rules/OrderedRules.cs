using System.Collections.Immutable;

namespace Ingress.Routing.Policies;

/// <summary>Rules that are followed one after the other for each request: they compare, remember, answer, redirect and change the path.</summary>
/// <remarks>
/// What <c>if</c>, <c>set</c>, <c>return</c> and <c>rewrite</c> of nginx do. There are no loops in them, and a path that is changed is looked at
/// again ten times at most.
/// </remarks>
public sealed record OrderedRules : RequestPolicy
{
    private const int MostRounds = 10;

    /// <summary>The rules as text, which is what they are compared by.</summary>
    public required string Text { get; init; }

    /// <summary>The Ingress that they stand in, whose names are among the variables.</summary>
    public required NamespacedName Source { get; init; }

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.PathRedirect;

    /// <summary>The rules that are followed first, and once, in their order.</summary>
    internal ImmutableArray<Rule> First { get; init; } = [];

    /// <summary>The rules that are followed then, in their order, and again when they have changed the path.</summary>
    internal ImmutableArray<Rule> Then { get; init; } = [];

    /// <summary>How many variables they have.</summary>
    internal int Variables { get; init; }

    /// <summary>Whether runs of slashes are kept in paths.</summary>
    internal bool KeepsSlashes { get; init; }

    /// <inheritdoc />
    public override string Describe() => $"rules: {Text}";

    /// <inheritdoc />
    public override PolicyOutcome Evaluate(IPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var state = new RuleState(request, Variables, KeepsSlashes);
        state.Begin();
        var answer = Rule.Follow(First, state);
        for (var round = 0; !answer.IsAnswer && round < MostRounds; round++)
        {
            state.Begin();
            answer = Rule.Follow(Then, state);
            if (!answer.IsAnswer && !state.IsToRepeat)
            {
                return state.IsChanged ? PolicyOutcome.Rewrite(state.Path + state.Query) : PolicyOutcome.Continue;
            }
        }

        return answer.IsAnswer ? answer : PolicyOutcome.Answer(500); // as nginx does: the rules go round and round
    }

    /// <inheritdoc />
    public bool Equals(OrderedRules? other)
        => other is not null && Text == other.Text && Source == other.Source && KeepsSlashes == other.KeepsSlashes;

    /// <inheritdoc />
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}

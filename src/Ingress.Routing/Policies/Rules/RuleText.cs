using System.Collections.Immutable;

namespace Ingress.Routing.Policies;

/// <summary>A text of a rule: literals, variables that rules set, captures of the last pattern, and variables of the request. Immutable.</summary>
internal sealed class RuleText(ImmutableArray<RuleText.Part> parts)
{
    /// <summary>The text, when it is the same for every request; else null.</summary>
    public string? Constant => parts.All(static part => part.Literal is not null) ? string.Concat(parts.Select(static part => part.Literal)) : null;

    /// <summary>The text before the first part that depends on the request.</summary>
    public string Beginning => parts is [{ Literal: { } literal }, ..] ? literal : "";

    public string Expand(RuleState state) => string.Concat(parts.Select(part => part.Expand(state)));

    /// <summary>One part; exactly one member is set.</summary>
    internal readonly record struct Part
    {
        public string? Literal { get; init; }

        /// <summary>A variable of the request as it came.</summary>
        public PolicyTemplate? Template { get; init; }

        /// <summary>A variable that a rule sets.</summary>
        public int? Variable { get; init; }

        /// <summary>A group of the last pattern.</summary>
        public string? Group { get; init; }

        /// <summary>Something that rules change.</summary>
        public Func<RuleState, string>? Current { get; init; }

        public string Expand(RuleState state)
            => Literal
                ?? Template?.Expand(state.Request, null)
                ?? Current?.Invoke(state)
                ?? (Variable is { } variable ? state[variable] : state.Captures?.Groups[Group!].Value ?? "");
    }
}

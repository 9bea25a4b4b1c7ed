namespace Ingress.Routing.Explanation;

/// <summary>A text on its way to the canonical form; remembers the rules that changed it.</summary>
internal sealed class StepTrail(string text)
{
    private readonly List<CanonicalizationStep> _steps = [];

    public string Text { get; private set; } = text;

    public IReadOnlyList<CanonicalizationStep> Steps => _steps;

    /// <summary>Takes over what a rule made of the text; a rule that changed nothing is not remembered.</summary>
    public void Apply(CanonicalizationRule rule, string after)
    {
        if (after != Text)
        {
            _steps.Add(new() { Rule = rule, Before = Text, After = after });
            Text = after;
        }
    }
}

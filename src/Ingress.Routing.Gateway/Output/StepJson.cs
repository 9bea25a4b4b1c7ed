using Ingress.Routing.Explanation;

namespace Ingress.Routing.Gateway.Output;

/// <summary>One rule that changed a host or a target on the way to its canonical form.</summary>
internal sealed record StepJson(string Rule, string Before, string After, string Message)
{
    public static IReadOnlyList<StepJson> From(IReadOnlyList<CanonicalizationStep> steps)
        => [.. steps.Select(step => new StepJson(JsonName.Of(step.Rule), step.Before, step.After, step.Message))];
}

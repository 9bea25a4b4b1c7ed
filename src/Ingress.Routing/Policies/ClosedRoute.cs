namespace Ingress.Routing.Policies;

/// <summary>Answers 503, because an annotation that protects the route cannot be understood.</summary>
/// <param name="Annotation">The annotation, with its prefix.</param>
/// <remarks>Wrong text must not open what it was meant to protect. A diagnostic says what is wrong.</remarks>
public sealed record ClosedRoute(string Annotation) : RequestPolicy
{
    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Closed;

    /// <inheritdoc />
    public override string Describe() => $"answer 503: '{Annotation}' cannot be understood";

    /// <inheritdoc />
    public override PolicyOutcome Evaluate(IPolicyRequest request) => PolicyOutcome.Answer(503);
}

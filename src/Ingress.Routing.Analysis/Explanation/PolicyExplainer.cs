using Ingress.Routing.Policies;

namespace Ingress.Routing.Explanation;

/// <summary>Says what the policies of a route do with a request, one after the other.</summary>
internal static class PolicyExplainer
{
    public static IReadOnlyList<PolicyExplanation> Explain(RoutePolicies policies, IPolicyRequest request)
    {
        var explanations = new List<PolicyExplanation>();
        var isAnswered = false;
        foreach (var policy in policies.All)
        {
            var isKnown = !policy.UsesClientAddress || request.ClientAddress is not null;
            var outcome = !isAnswered && isKnown && policy is RequestPolicy evaluated ? evaluated.Evaluate(request) : (PolicyOutcome?)null;
            isAnswered |= outcome is { IsAnswer: true };
            explanations.Add(new() { Description = policy.Describe(), Outcome = outcome is { } known ? TextOf(known) : null, IsAnswer = outcome?.IsAnswer == true });
        }

        return explanations;
    }

    private static string TextOf(PolicyOutcome outcome) => outcome switch
    {
        { Location: { } location } => $"{outcome.Status} to {location}",
        { IsAnswer: true } => $"{outcome.Status}",
        { Target: { } target } => $"goes on as {target}",
        _ => "goes on unchanged",
    };
}

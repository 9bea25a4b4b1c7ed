using Ingress.Routing.Model;

namespace Ingress.Routing.Explanation;

/// <summary>Walks the chain of default backends for a request that no path takes (D14).</summary>
/// <param name="served">The served Ingresses, oldest first.</param>
/// <param name="options">What the table was compiled with.</param>
internal sealed class DefaultBackendChain(IReadOnlyList<IngressResource> served, RouteTableOptions options)
{
    private const string FieldOfDefault = "spec.defaultBackend";

    private readonly List<DefaultBackendExplanation> _steps = [];

    /// <param name="contributors">The Ingresses with a rule of the chosen host, oldest first; empty when there is no such host.</param>
    /// <param name="isNamedHost">Whether the chosen host is an exact one or a wildcard.</param>
    /// <param name="routeId">The <see cref="IngressRoute.Id"/> of the default backend that takes the request; null for none.</param>
    /// <returns>All steps in order.</returns>
    public IReadOnlyList<DefaultBackendExplanation> Walk(IReadOnlyList<IngressResource> contributors, bool isNamedHost, out string? routeId)
    {
        routeId = null;
        var ofHost = contributors.Where(HasDefault).Distinct<IngressResource>(ReferenceEqualityComparer.Instance).ToList();
        Add(DefaultBackendStep.OfHost, ofHost, "with a rule for the host", ref routeId);

        var withoutRules = served.Where(static ingress => HasDefault(ingress) && ingress.Rules.Count == 0).ToList();
        Add(DefaultBackendStep.OfIngressWithoutRules, withoutRules, "without rules", ref routeId);

        if (routeId is null && isNamedHost)
        {
            Add(
                DefaultBackendStep.OfAnyIngress,
                DefaultBackendOutcome.NotApplicable,
                "Default backends of other Ingresses are for hosts that no rule names, and a rule names this one.");
        }
        else
        {
            Add(DefaultBackendStep.OfAnyIngress, [.. served.Where(HasDefault)], "of any kind", ref routeId);
        }

        AddConfigured(ref routeId);
        return _steps;
    }

    private void Add(DefaultBackendStep step, List<IngressResource> found, string which, ref string? routeId)
    {
        if (NotReached(step, routeId))
        {
            return;
        }

        if (found.Count == 0)
        {
            Add(step, DefaultBackendOutcome.None, $"No Ingress {which} has a default backend.");
            return;
        }

        routeId = $"{found[0].Name}/default";
        var rank = found.Count > 1 ? "oldest" : "only";
        _steps.Add(new()
        {
            Step = step,
            Outcome = DefaultBackendOutcome.Chosen,
            Ingress = found[0].Name,
            PassedOver = [.. found.Skip(1).Select(static ingress => ingress.Name)],
            Location = found[0].Origin?.Locate(FieldOfDefault),
            Message = $"Ingress '{found[0].Name}' is the {rank} one {which} that has a default backend.",
        });
    }

    private void AddConfigured(ref string? routeId)
    {
        const DefaultBackendStep Step = DefaultBackendStep.Configured;
        if (NotReached(Step, routeId))
        {
            return;
        }

        if (options.DefaultBackend is not { } service)
        {
            Add(Step, DefaultBackendOutcome.None, $"No default backend is configured; the answer is 404.");
            return;
        }

        routeId = "default";
        Add(Step, DefaultBackendOutcome.Chosen, $"'{service}' is configured as the default backend.");
    }

    private void Add(DefaultBackendStep step, DefaultBackendOutcome outcome, string message)
        => _steps.Add(new() { Step = step, Outcome = outcome, Message = message });

    private bool NotReached(DefaultBackendStep step, string? routeId)
    {
        if (routeId is null)
        {
            return false;
        }

        Add(step, DefaultBackendOutcome.NotReached, "An earlier step has taken the request.");
        return true;
    }

    private static bool HasDefault(IngressResource ingress) => ingress.DefaultBackend is not null;
}

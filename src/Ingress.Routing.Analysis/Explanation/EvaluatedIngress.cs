using Ingress.Routing.Compilation;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Explanation;

/// <summary>An Ingress, and whether it takes part in anything.</summary>
/// <param name="Ingress">The Ingress.</param>
/// <param name="Exclusion">
/// Why it does not: <see cref="ClaimOutcome.InvalidIngress"/>, <see cref="ClaimOutcome.NotOurClass"/> or <see cref="ClaimOutcome.Canary"/>; null when it is served.
/// </param>
/// <param name="Diagnostics">What says so.</param>
internal sealed record EvaluatedIngress(IngressResource Ingress, ClaimOutcome? Exclusion, IReadOnlyList<IngressDiagnostic> Diagnostics)
{
    public bool IsServed => Exclusion is null;

    /// <summary>Evaluates all Ingresses of a table (D1 to D4).</summary>
    /// <returns>All of them, oldest first (D6a).</returns>
    public static IReadOnlyList<EvaluatedIngress> All(IngressRouteTable table)
    {
        var elsewhere = new DiagnosticBag();
        var classes = table.Objects.IngressClasses.UsableOrNameless.Where(item => IngressClassValidator.Validate(item, elsewhere));
        var selector = new IngressClassSelector(classes, table.Options.ControllerName);
        return [.. table.Objects.Ingresses.UsableOrNameless.Order(AgeOrder.Instance).Select(ingress => Evaluate(ingress, selector, table))];
    }

    private static EvaluatedIngress Evaluate(IngressResource ingress, IngressClassSelector selector, IngressRouteTable table)
    {
        var diagnostics = new DiagnosticBag();
        if (!IngressValidator.Validate(ingress, diagnostics))
        {
            return new(ingress, ClaimOutcome.InvalidIngress, diagnostics.ToSortedList());
        }

        var isServed = selector.IsServed(ingress, diagnostics);
        return isServed && !table.Policies.HasRoutes(ingress)
            ? new(ingress, ClaimOutcome.Canary, [])
            : new(ingress, isServed ? null : ClaimOutcome.NotOurClass, diagnostics.ToSortedList());
    }
}

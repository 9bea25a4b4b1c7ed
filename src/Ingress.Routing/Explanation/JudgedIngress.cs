using Ingress.Routing.Compilation;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Explanation;

/// <summary>An Ingress, and whether it takes part in anything.</summary>
/// <param name="Ingress">The Ingress.</param>
/// <param name="Exclusion">Why it does not: <see cref="ClaimOutcome.InvalidIngress"/> or <see cref="ClaimOutcome.NotOurClass"/>; null when it is served.</param>
/// <param name="Diagnostics">What says so.</param>
internal sealed record JudgedIngress(IngressResource Ingress, ClaimOutcome? Exclusion, IReadOnlyList<IngressDiagnostic> Diagnostics)
{
    public bool IsServed => Exclusion is null;

    /// <summary>Judges all Ingresses of a snapshot (D1 to D4).</summary>
    /// <returns>All of them, oldest first (D6a).</returns>
    public static IReadOnlyList<JudgedIngress> All(ClusterSnapshot snapshot, RouteTableOptions options)
    {
        var elsewhere = new DiagnosticBag();
        var classes = DuplicateObjects.Remove(snapshot.IngressClasses, elsewhere)
            .Where(item => IngressClassValidator.Validate(item, elsewhere))
            .ToList();
        return AgeOrder.Sort(DuplicateObjects.Remove(snapshot.Ingresses, elsewhere)).ConvertAll(ingress => Judge(ingress, classes, options));
    }

    private static JudgedIngress Judge(IngressResource ingress, IEnumerable<IngressClassResource> classes, RouteTableOptions options)
    {
        var diagnostics = new DiagnosticBag();
        if (!IngressValidator.Validate(ingress, diagnostics))
        {
            return new(ingress, ClaimOutcome.InvalidIngress, diagnostics.ToSortedList());
        }

        var isServed = new IngressClassSelector(classes, options.ControllerName, diagnostics).IsServed(ingress);
        return new(
            ingress,
            isServed ? null : ClaimOutcome.NotOurClass,
            [.. diagnostics.ToSortedList().Where(diagnostic => diagnostic.Resource == ingress.Reference)]);
    }
}

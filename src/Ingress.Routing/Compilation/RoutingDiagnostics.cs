using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Reports what conditions, weights and canaries of one Ingress do not do.</summary>
internal static class RoutingDiagnostics
{
    /// <param name="ingress">A served Ingress.</param>
    /// <param name="chosen">Those of its routes that can be chosen.</param>
    public static void Report(IngressResource ingress, IReadOnlyList<IngressRoute> chosen, PolicyDirectory policies, DiagnosticBag diagnostics)
    {
        if (policies.Of(ingress) is not { } requested)
        {
            return;
        }

        diagnostics.At(DiagnosticPhase.Annotations);
        if (requested.Canary is not null)
        {
            if (ingress.DefaultBackend is not null)
            {
                diagnostics.Warn(
                    ingress, IngressDiagnosticIds.CanaryNotServed, "spec.defaultBackend", "A canary has no default backend. This one is not served.");
            }

            return;
        }

        if (requested.Conditions.Count > 0 && chosen.Any(static route => route.Path is null))
        {
            diagnostics.Warn(
                ingress,
                IngressDiagnosticIds.DefaultBackendWithoutConditions,
                "spec.defaultBackend",
                $"The conditions of this Ingress ({requested.Conditions}) are for its paths. Its default backend takes requests without them.");
        }

        if (requested.Weights is { } weights && chosen.Count > 0 && chosen.All(static route => route.Split?.Backends.Count is null or 1))
        {
            diagnostics.Warn(
                ingress,
                IngressDiagnosticIds.WeightsNotUsed,
                "metadata.annotations",
                $"The weights are for paths whose own Service is {string.Join(" or ", weights.Select(static weight => $"'{weight.Service}'"))}. No path of this Ingress has it, so no requests are shared.");
        }
    }
}

using Ingress.Routing.Diagnostics;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Linting;

/// <summary>Policies about backends that trust more than they should (INGR137), or repeat what should happen once (INGR138).</summary>
internal static class RiskyBackends
{
    public static void Report(LintedTable table)
    {
        foreach (var item in PolicyRoutes.All(table))
        {
            if (item.Policies.Find<BackendTls>() is { Verifies: false })
            {
                table.Diagnostics.Inform(
                    item.Owner.Ingress,
                    IngressDiagnosticIds.BackendNotVerified,
                    item.FieldOf("backend-tls-verify", table),
                    "The certificate of a backend that speaks TLS is not verified, so anyone on the way can read and change what is sent. Verify it, with the authorities in a Secret where it needs some.");
            }

            if (item.Policies.Find<Retries>() is { } retries && retries.Conditions.HasFlag(RetryConditions.NonIdempotent))
            {
                table.Diagnostics.Inform(
                    item.Owner.Ingress,
                    IngressDiagnosticIds.RepeatedRequests,
                    item.FieldOf("retry-on", table),
                    "A POST that an endpoint has acted on, and not answered, is sent to another one as well. Keep 'non-idempotent' where the backend notices repeated requests.");
            }
        }
    }
}

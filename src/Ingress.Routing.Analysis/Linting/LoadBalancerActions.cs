using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Linting;

/// <summary>Backends that stand for an action in an annotation of the AWS Load Balancer Controller (INGR168).</summary>
internal static class LoadBalancerActions
{
    private const string PortName = "use-annotation";
    private const string Prefix = "alb.ingress.kubernetes.io/actions.";

    public static void Report(LintedTable table)
    {
        foreach (var claim in table.Claims)
        {
            Report(claim.Ingress, claim.Written?.Backend, $"{claim.Field}.backend", table.Diagnostics);
        }

        foreach (var ingress in table.Served.Select(static owner => owner.Ingress))
        {
            Report(ingress, ingress.DefaultBackend, "spec.defaultBackend", table.Diagnostics);
        }
    }

    private static void Report(IngressResource ingress, IngressBackend? backend, string field, DiagnosticBag diagnostics)
    {
        if (backend?.Service is not { Port.Name: PortName } service)
        {
            return;
        }

        diagnostics.Warn(
            ingress,
            IngressDiagnosticIds.LoadBalancerAction,
            $"{field}.service.port.name",
            $"The AWS Load Balancer Controller would do here what its annotation '{Prefix}{service.Name}' says. Here '{PortName}' is the name of a port, "
            + $"and requests go to the Service '{service.Name}', which most likely does not exist: they are answered with 503. Leave such a path out.");
    }
}

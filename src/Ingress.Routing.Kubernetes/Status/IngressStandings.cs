using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Status;

/// <summary>Tells what Ingresses are to this controller, from what compiling says about them.</summary>
internal static class IngressStandings
{
    /// <param name="table">The table in force.</param>
    /// <param name="diagnostics">What is reported about the Ingresses.</param>
    /// <returns>The standing of every Ingress about which anything is reported that decides it. All others are served.</returns>
    public static IReadOnlyDictionary<NamespacedName, IngressStanding> Read(IngressRouteTable table, IEnumerable<IngressDiagnostic> diagnostics)
    {
        var standings = new Dictionary<NamespacedName, IngressStanding>();
        List<ResourceReference>? withoutHost = null;
        foreach (var diagnostic in diagnostics)
        {
            if (diagnostic.Resource is not { Kind: "Ingress" } resource)
            {
                continue;
            }

            if (diagnostic.Id == IngressDiagnosticIds.HostNotOwned)
            {
                (withoutHost ??= []).Add(resource);
            }

            if (Of(diagnostic, table.Options) is { } standing)
            {
                var name = new NamespacedName(resource.Namespace, resource.Name);
                standings[name] = standing == IngressStanding.Foreign ? standing : standings.GetValueOrDefault(name, standing);
            }
        }

        if (withoutHost is not null)
        {
            // Nothing is left of one whose only host belongs to another namespace.
            var served = table.RoutesOf(withoutHost).Select(static route => route.Source.Resource).ToHashSet();
            foreach (var resource in withoutHost.Where(resource => !served.Contains(resource)))
            {
                standings.TryAdd(new(resource.Namespace, resource.Name), IngressStanding.Rejected);
            }
        }

        return standings;
    }

    // An error leaves the whole object out (D4). A class decides only where a controller name is configured (D1, D3).
    private static IngressStanding? Of(IngressDiagnostic diagnostic, RouteTableOptions options) => diagnostic.Id switch
    {
        IngressDiagnosticIds.ForeignClass => IngressStanding.Foreign,
        IngressDiagnosticIds.UnknownClass or IngressDiagnosticIds.NoClass when options.ControllerName is not null => IngressStanding.Rejected,
        _ when diagnostic.Severity == IngressDiagnosticSeverity.Error => IngressStanding.Rejected,
        _ => null,
    };
}

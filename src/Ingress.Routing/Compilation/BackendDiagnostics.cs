using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Reports the backends that have nowhere to send requests; their paths stay claimed and answer 503 (D16, trap 10).</summary>
internal static class BackendDiagnostics
{
    private const string Unanswered = "Requests are answered with 503.";

    /// <param name="ingress">The Ingress.</param>
    /// <param name="routes">Those of its routes that can be chosen.</param>
    public static void Report(
        IngressResource ingress,
        IEnumerable<IngressRoute> routes,
        ServiceDirectory services,
        RouteTableOptions options,
        DiagnosticBag diagnostics)
    {
        // Each Service port once, at its first place.
        var reported = new HashSet<ServiceReference>();
        foreach (var route in routes.OrderBy(static route => route.Source.Position))
        {
            diagnostics.At(DiagnosticPhase.Backends, route.Source.Position);
            var field = route.Source.FieldOf("backend");
            if (route.Resource is { } resource)
            {
                ReportResource(ingress, resource, field, options, diagnostics);
            }
            else if (reported.Add(route.Service!))
            {
                ReportService(ingress, services.Find(route.Service!), (field, Unanswered), options.StandIns, diagnostics);
            }

            foreach (var backend in route.Split?.Backends ?? [])
            {
                if (backend.Weight > 0 && reported.Add(backend.Service))
                {
                    ReportService(
                        ingress,
                        services.Find(backend.Service),
                        ("metadata.annotations", "Its share of the requests is answered with 503."),
                        options.StandIns,
                        diagnostics);
                }
            }
        }
    }

    /// <summary>Reports the Services of a canary that have nowhere to send requests; it takes none then.</summary>
    /// <param name="ingress">The Ingress of the canary.</param>
    /// <param name="canaries">What became of its paths.</param>
    public static void ReportCanaries(
        IngressResource ingress, IEnumerable<CanaryBackend> canaries, ServiceDirectory services, StandIns standIns, DiagnosticBag diagnostics)
    {
        var reported = new HashSet<ServiceReference>();
        foreach (var canary in canaries.OrderBy(static canary => canary.Field, StringComparer.Ordinal))
        {
            if (reported.Add(canary.Service))
            {
                diagnostics.At(DiagnosticPhase.Backends);
                ReportService(ingress, services.Find(canary.Service), ($"{canary.Field}.backend", "The canary takes no requests."), standIns, diagnostics);
            }
        }
    }

    /// <summary>Reports the addresses of a slice that may not be used.</summary>
    public static void ReportAddresses(EndpointSliceResource slice, RouteTableOptions options, DiagnosticBag diagnostics)
    {
        diagnostics.At(DiagnosticPhase.Backends);
        for (var i = 0; i < slice.Endpoints.Count; i++)
        {
            if (slice.Endpoints[i].Addresses is [var text, ..]
                && !DestinationAddress.TryParse(text, options.AllowLoopbackDestinations, out _, out var reason))
            {
                diagnostics.Warn(
                    slice,
                    IngressDiagnosticIds.AddressRefused,
                    $"endpoints[{i}].addresses[0]",
                    $"The address '{text}' {reason}. No request is sent to it.",
                    slice.AddressType == EndpointSliceResource.FqdnType ? null : FieldErrorKind.Invalid);
            }
        }
    }

    /// <summary>Reports the addresses of an Endpoints object that may not be used, and that no request goes to any of them.</summary>
    public static void ReportEndpoints(EndpointsResource endpoints, ServiceResource? service, RouteTableOptions options, DiagnosticBag diagnostics)
    {
        diagnostics.At(DiagnosticPhase.Backends);
        if (service is { Selector.Count: > 0 } && endpoints.Subsets.Count > 0)
        {
            diagnostics.Inform(
                endpoints,
                IngressDiagnosticIds.EndpointsNotMirrored,
                "subsets",
                $"The Service '{service.Name}' has a selector, so a cluster makes no EndpointSlices of these Endpoints, and no request is sent to them. "
                    + "Write an EndpointSlice, or take the selector out of the Service.");
        }

        if (!MirroredEndpoints.AreMirrored(endpoints, service))
        {
            return;
        }

        foreach (var (i, subset) in endpoints.Subsets.Index())
        {
            Report(subset.Addresses, $"subsets[{i}].addresses");
            Report(subset.NotReadyAddresses, $"subsets[{i}].notReadyAddresses");
        }

        void Report(IReadOnlyList<string> addresses, string field)
        {
            foreach (var (j, text) in addresses.Index())
            {
                if (!DestinationAddress.TryParse(text, options.AllowLoopbackDestinations, out _, out var reason))
                {
                    diagnostics.Warn(
                        endpoints,
                        IngressDiagnosticIds.AddressRefused,
                        $"{field}[{j}].ip",
                        $"The address '{text}' {reason}. No request is sent to it.",
                        FieldErrorKind.Invalid);
                }
            }
        }
    }

    /// <summary>Reports a configured default backend without destinations; it belongs to no Ingress.</summary>
    public static void ReportConfiguredDefault(ServiceDestinations destinations, StandIns standIns, DiagnosticBag diagnostics)
    {
        if (ProblemOf(destinations) is not { } found)
        {
            return;
        }

        var standIn = standIns.Find(destinations);
        diagnostics.Add(new IngressDiagnostic
        {
            Id = found.Id,
            Severity = standIn is null && found.Id != IngressDiagnosticIds.NoReadyEndpoints ? IngressDiagnosticSeverity.Warning : IngressDiagnosticSeverity.Info,
            Resource = new ResourceReference(ServiceResource.KindName, destinations.Service.Name.Namespace, destinations.Service.Name.Name),
            Message = $"The configured default backend '{destinations.Service}' {found.OfDefault}. Its requests are answered {(standIn is null ? "with 503" : $"by {standIn}")}.",
            StandIn = standIn,
        });
    }

    private static void ReportResource(
        IngressResource ingress, TypedLocalObjectReference resource, string field, RouteTableOptions options, DiagnosticBag diagnostics)
    {
        var kind = new ResourceKind(resource.ApiGroup, resource.Kind!);
        if (!options.ResourceKinds.Contains(kind))
        {
            diagnostics.Warn(
                ingress,
                IngressDiagnosticIds.ResourceKindNotServed,
                $"{field}.resource",
                $"Nothing here serves resources of kind '{kind}'. Requests are answered with 503.");
        }
    }

    private static void ReportService(
        IngressResource ingress, ServiceDestinations destinations, (string Backend, string Effect) at, StandIns standIns, DiagnosticBag diagnostics)
    {
        if (ProblemOf(destinations) is not { } found)
        {
            return;
        }

        var (id, part, problem, _) = found;
        var field = at.Backend == "metadata.annotations" ? at.Backend : $"{at.Backend}.{part}";
        if (standIns.Find(destinations) is { } standIn)
        {
            diagnostics.InformOfStandIn(
                ingress,
                id,
                field,
                $"The Service port '{destinations.Service}' has no ready endpoint. Its requests are answered by {standIn}.",
                standIn);
        }
        else if (id == IngressDiagnosticIds.NoReadyEndpoints)
        {
            diagnostics.Inform(ingress, id, field, $"{problem}. {at.Effect}");
        }
        else
        {
            diagnostics.Warn(ingress, id, field, $"{problem}. {at.Effect}");
        }
    }

    private static (string Id, string Part, string Problem, string OfDefault)? ProblemOf(ServiceDestinations destinations)
    {
        var service = destinations.Service;
        return destinations.Status switch
        {
            DestinationStatus.ServiceNotFound =>
                (IngressDiagnosticIds.ServiceNotFound, "service.name", $"There is no Service '{service.Name}'", "does not exist"),
            DestinationStatus.PortNotFound =>
                (IngressDiagnosticIds.ServicePortNotFound, "service.port", $"The Service '{service.Name}' has no TCP port '{service.Port}'", "has no such TCP port"),
            DestinationStatus.ExternalName => (
                IngressDiagnosticIds.ExternalNameRefused,
                "service.name",
                $"The Service '{service.Name}' is of type ExternalName, which is refused",
                "is of type ExternalName, which is refused"),
            DestinationStatus.NoReadyEndpoints => (
                IngressDiagnosticIds.NoReadyEndpoints,
                "service",
                $"No endpoint of the Service '{service.Name}' is ready for port '{service.Port}'",
                "has no ready endpoint"),
            _ => null,
        };
    }
}

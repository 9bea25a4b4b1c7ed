using Ingress.Routing.Comparison;

namespace Ingress.Routing.Gateway.Output;

/// <summary>What changed, counted.</summary>
internal static class DiffSummary
{
    /// <summary>What is said when nothing did.</summary>
    public const string Nothing = "No request, certificate or destination changes.";

    /// <summary>Returns, for instance, <c>2 changes for requests, 1 for certificates, 0 for destinations</c>.</summary>
    public static string Of(RouteTableComparison comparison, int routeChanges)
        => $"{PrintableText.Count(routeChanges, "change")} for requests, {comparison.Certificates.Count} for certificates, "
            + $"{comparison.Destinations.Count} for destinations";

    /// <summary>The hosts of a difference.</summary>
    public static string HostsOf(IReadOnlyList<HostRegion> hosts) => ListText.Of(hosts);

    /// <summary>The server names of a difference; a handshake without one counts among the others.</summary>
    public static string NamesOf(IReadOnlyList<HostRegion> names) => ListText.Of([.. names.Select(static name => name.Kind != HostRegionKind.Other
        ? name.ToString()
        : name.Except.Count == 0 ? "every server name, and none" : "every other server name, and none")]);

    /// <summary>Whether a Service port was lost or found.</summary>
    public static string KindOf(DestinationDifference difference) => difference.Before == DestinationStatus.Ready ? "lost" : "gained";

    /// <summary>What a status means to requests.</summary>
    public static string NameOf(DestinationStatus status) => status switch
    {
        DestinationStatus.Ready => "ready",
        DestinationStatus.ServiceNotFound => "503, no such Service",
        DestinationStatus.PortNotFound => "503, no such port",
        DestinationStatus.ExternalName => "503, the Service is an ExternalName",
        _ => "503, no ready endpoint",
    };
}

using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Makes slices of Endpoints objects, as the EndpointSliceMirroring controller of a cluster does (semantics 13.4).</summary>
internal static class MirroredEndpoints
{
    // Of one subset; the controller leaves out what is beyond.
    private const int MostAddresses = 1000;

    /// <summary>Whether a cluster would mirror them for a Service.</summary>
    public static bool AreMirrored(EndpointsResource endpoints, ServiceResource? service)
        => service is { Selector.Count: 0 }
            && !endpoints.Metadata.Annotations.ContainsKey(EndpointsResource.LeaderAnnotation)
            && !(endpoints.Metadata.Labels.TryGetValue(EndpointsResource.SkipMirrorLabel, out var skips) && skips == "true");

    /// <summary>The slices for a Service, one for each subset; none when a cluster would make none.</summary>
    public static IReadOnlyList<EndpointSliceResource> SlicesFor(ServiceResource? service, EndpointsResource? endpoints)
        => endpoints is null || !AreMirrored(endpoints, service) ? [] : [.. endpoints.Subsets.Select((subset, i) => SliceOf(endpoints, subset, i))];

    private static EndpointSliceResource SliceOf(EndpointsResource endpoints, EndpointsSubset subset, int index) => new()
    {
        Metadata = endpoints.Metadata,
        Origin = endpoints.Origin is { } origin ? new SubsetOrigin(origin, index, Math.Min(subset.Addresses.Count, MostAddresses)) : null,
        Ports = subset.Ports,
        Endpoints =
        [
            .. subset.Addresses.Select(static address => new EndpointSliceEndpoint { Addresses = [address], Ready = true })
                .Concat(subset.NotReadyAddresses.Select(static address => new EndpointSliceEndpoint { Addresses = [address], Ready = false }))
                .Take(MostAddresses),
        ],
    };

    // The endpoints of such a slice were written as addresses of a subset.
    private sealed class SubsetOrigin(ResourceOrigin origin, int subset, int ready) : ResourceOrigin
    {
        public override SourceLocation Locate(string fieldPath)
        {
            const string Prefix = "endpoints[";
            var end = fieldPath.IndexOf(']', StringComparison.Ordinal);
            return fieldPath.StartsWith(Prefix, StringComparison.Ordinal) && end > 0
                && int.TryParse(fieldPath.AsSpan(Prefix.Length, end - Prefix.Length), out var index)
                    ? origin.Locate(FieldOf(index))
                    : origin.Locate($"subsets[{subset}]");
        }

        private string FieldOf(int index)
            => index < ready ? $"subsets[{subset}].addresses[{index}]" : $"subsets[{subset}].notReadyAddresses[{index - ready}]";
    }
}

using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>Reads what routing needs of an Endpoints object.</summary>
internal static class EndpointsBinder
{
    public static EndpointsResource Read(FieldReader root, ObjectMetadata metadata, ResourceOrigin origin) => new()
    {
        Metadata = metadata,
        Origin = origin,
        Subsets = root.Mappings("subsets", ReadSubset),
    };

    private static EndpointsSubset ReadSubset(FieldReader subset) => new()
    {
        Addresses = subset.Mappings("addresses", ReadAddress),
        NotReadyAddresses = subset.Mappings("notReadyAddresses", ReadAddress),
        Ports = subset.Mappings("ports", EndpointSliceBinder.ReadPort),
    };

    private static string ReadAddress(FieldReader address) => address.String("ip") ?? "";
}

using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>Reads what routing needs of an EndpointSlice.</summary>
internal static class EndpointSliceBinder
{
    public static EndpointSliceResource Read(FieldReader root, ObjectMetadata metadata, ResourceOrigin origin) => new()
    {
        Metadata = metadata,
        Origin = origin,
        AddressType = root.String("addressType"),
        Endpoints = root.Mappings("endpoints", ReadEndpoint),
        Ports = root.Mappings("ports", ReadPort),
    };

    private static EndpointSliceEndpoint ReadEndpoint(FieldReader endpoint)
    {
        var conditions = endpoint.Mapping("conditions");
        return new()
        {
            Addresses = endpoint.Strings("addresses"),
            Ready = conditions.Boolean("ready"),
            Serving = conditions.Boolean("serving"),
            Terminating = conditions.Boolean("terminating"),
        };
    }

    /// <summary>Reads a port, which an Endpoints object writes in the same way.</summary>
    public static EndpointSlicePort ReadPort(FieldReader port) => new()
    {
        Name = port.String("name"),
        Port = port.Integer32("port"),
        Protocol = port.String("protocol"),
        AppProtocol = port.String("appProtocol"),
    };
}

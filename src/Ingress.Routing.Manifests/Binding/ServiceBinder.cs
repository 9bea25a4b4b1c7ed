using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>Reads what routing needs of a Service.</summary>
internal static class ServiceBinder
{
    public static ServiceResource Read(FieldReader root, ObjectMetadata metadata, ResourceOrigin origin)
    {
        var spec = root.Mapping("spec");
        return new()
        {
            Metadata = metadata,
            Origin = origin,
            Type = spec.String("type"),
            ClusterIP = spec.String("clusterIP"),
            ExternalName = spec.String("externalName"),
            IPFamilies = spec.Strings("ipFamilies"),
            Selector = spec.StringMap("selector"),
            Ports = spec.Mappings("ports", ReadPort),
        };
    }

    private static ServicePort ReadPort(FieldReader port) => new()
    {
        Name = port.String("name"),
        Port = port.Integer32("port") ?? 0,
        Protocol = port.String("protocol"),
        AppProtocol = port.String("appProtocol"),
    };
}

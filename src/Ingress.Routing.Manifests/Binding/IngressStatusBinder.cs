using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>Reads the status of an Ingress, as <c>kubectl get -o yaml</c> writes it.</summary>
internal static class IngressStatusBinder
{
    public static IngressStatus Read(FieldReader status)
    {
        var addresses = status.Mapping("loadBalancer").Mappings("ingress", ReadAddress);
        return addresses.Count == 0 ? IngressStatus.Empty : new() { LoadBalancer = addresses };
    }

    private static LoadBalancerIngress ReadAddress(FieldReader address) => new()
    {
        Ip = address.String("ip"),
        Hostname = address.String("hostname"),
        Ports = address.Mappings("ports", ReadPort),
    };

    private static LoadBalancerPort ReadPort(FieldReader port) => new()
    {
        Port = port.Integer32("port") ?? 0,
        Protocol = port.String("protocol"),
        Error = port.String("error"),
    };
}

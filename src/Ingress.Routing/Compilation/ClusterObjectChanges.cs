using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>The objects of each kind that count now and did not before, or the other way round.</summary>
internal sealed class ClusterObjectChanges
{
    public List<ObjectChange<IngressResource>> Ingresses { get; } = [];

    public List<ObjectChange<IngressClassResource>> IngressClasses { get; } = [];

    public List<ObjectChange<ServiceResource>> Services { get; } = [];

    public List<ObjectChange<EndpointSliceResource>> EndpointSlices { get; } = [];

    public List<ObjectChange<EndpointsResource>> Endpoints { get; } = [];

    public List<ObjectChange<SecretResource>> Secrets { get; } = [];

    public List<ObjectChange<ConfigMapResource>> ConfigMaps { get; } = [];
}

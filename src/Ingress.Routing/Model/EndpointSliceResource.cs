namespace Ingress.Routing.Model;

/// <summary>What is needed of a <c>discovery.k8s.io/v1</c> EndpointSlice.</summary>
public sealed record EndpointSliceResource : KubernetesResource
{
    internal const string KindName = "EndpointSlice";

    /// <summary>The label that names the Service a slice belongs to.</summary>
    public const string ServiceNameLabel = "kubernetes.io/service-name";

    /// <summary>The <see cref="AddressType"/> of a slice that holds host names, to which no request is sent.</summary>
    public const string FqdnType = "FQDN";

    /// <inheritdoc />
    public override string Kind => KindName;

    /// <summary><c>IPv4</c>, <c>IPv6</c> or <c>FQDN</c>.</summary>
    public string? AddressType { get; init; }

    /// <summary>The endpoints of the slice.</summary>
    public IReadOnlyList<EndpointSliceEndpoint> Endpoints { get; init; } = [];

    /// <summary>The ports of every endpoint of the slice.</summary>
    public IReadOnlyList<EndpointSlicePort> Ports { get; init; } = [];

    /// <summary>The Service the slice belongs to, in the same namespace; null when it says none.</summary>
    public string? ServiceName => Metadata.Labels.TryGetValue(ServiceNameLabel, out var name) ? name : null;
}

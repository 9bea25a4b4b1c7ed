namespace Ingress.Routing.Model;

/// <summary>What is needed of a <c>v1</c> Endpoints object, the forerunner of EndpointSlices. It belongs to the Service of its name.</summary>
/// <remarks>A cluster mirrors it into slices when the Service has no selector; the compiler does the same (semantics 13.4).</remarks>
public sealed record EndpointsResource : KubernetesResource
{
    internal const string KindName = "Endpoints";

    /// <summary>The label that keeps it from being mirrored when its value is <c>true</c>.</summary>
    public const string SkipMirrorLabel = "endpointslice.kubernetes.io/skip-mirror";

    /// <summary>The annotation of objects that are locks of a leader election, and no endpoints; they are not mirrored.</summary>
    public const string LeaderAnnotation = "control-plane.alpha.kubernetes.io/leader";

    /// <inheritdoc />
    public override string Kind => KindName;

    /// <summary>The addresses, in the order written.</summary>
    public IReadOnlyList<EndpointsSubset> Subsets { get; init; } = [];
}

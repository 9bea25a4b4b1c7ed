using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Model;

/// <summary>Everything that is compiled together. Immutable; the order of the objects never matters.</summary>
public sealed record ClusterSnapshot
{
    /// <summary>A snapshot without objects.</summary>
    public static ClusterSnapshot Empty { get; } = new();

    /// <summary>The Ingresses.</summary>
    public IReadOnlyList<IngressResource> Ingresses { get; init; } = [];

    /// <summary>The IngressClasses.</summary>
    public IReadOnlyList<IngressClassResource> IngressClasses { get; init; } = [];

    /// <summary>The Services.</summary>
    public IReadOnlyList<ServiceResource> Services { get; init; } = [];

    /// <summary>The EndpointSlices.</summary>
    public IReadOnlyList<EndpointSliceResource> EndpointSlices { get; init; } = [];

    /// <summary>The Endpoints objects, which count where no EndpointSlices are written for a Service (semantics 13.4).</summary>
    public IReadOnlyList<EndpointsResource> Endpoints { get; init; } = [];

    /// <summary>The Secrets: those with certificates, and whatever annotations refer to.</summary>
    public IReadOnlyList<SecretResource> Secrets { get; init; } = [];

    /// <summary>The ConfigMaps that annotations refer to.</summary>
    public IReadOnlyList<ConfigMapResource> ConfigMaps { get; init; } = [];

    /// <summary>What the source itself has to report, for instance a document that could not be read.</summary>
    public IReadOnlyList<IngressDiagnostic> SourceDiagnostics { get; init; } = [];

    /// <summary>All objects, whatever their kind.</summary>
    internal IEnumerable<KubernetesResource> Resources =>
        [.. Ingresses, .. IngressClasses, .. Services, .. EndpointSlices, .. Endpoints, .. Secrets, .. ConfigMaps];

    /// <summary>Makes the snapshot that a change leads to. The cost grows with the snapshot.</summary>
    /// <param name="change">The change. Objects of a kind that takes no part in routing are ignored.</param>
    /// <exception cref="ArgumentNullException"><paramref name="change"/> is null.</exception>
    public ClusterSnapshot Apply(ClusterChange change)
    {
        ArgumentNullException.ThrowIfNull(change);

        var mentioned = change.Identities();
        return new()
        {
            Ingresses = Next(Ingresses),
            IngressClasses = Next(IngressClasses),
            Services = Next(Services),
            EndpointSlices = Next(EndpointSlices),
            Endpoints = Next(Endpoints),
            Secrets = Next(Secrets),
            ConfigMaps = Next(ConfigMaps),
            SourceDiagnostics = change.SourceDiagnostics ?? SourceDiagnostics,
        };

        IReadOnlyList<T> Next<T>(IReadOnlyList<T> resources)
            where T : KubernetesResource
            => [.. resources.Where(resource => !mentioned.Contains(resource.Reference)), .. change.Upserted.OfType<T>()];
    }
}

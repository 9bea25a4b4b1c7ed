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

    /// <summary>The Secrets that hold certificates.</summary>
    public IReadOnlyList<TlsSecret> TlsSecrets { get; init; } = [];

    /// <summary>What the source itself has to report, for instance a document that could not be read.</summary>
    public IReadOnlyList<IngressDiagnostic> SourceDiagnostics { get; init; } = [];
}

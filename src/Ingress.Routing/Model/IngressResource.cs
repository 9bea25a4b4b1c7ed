namespace Ingress.Routing.Model;

/// <summary>One <c>networking.k8s.io/v1</c> Ingress as stored, right or wrong (semantics 1.1 to 1.6).</summary>
public sealed record IngressResource : KubernetesResource
{
    internal const string KindName = "Ingress";

    /// <inheritdoc />
    public override string Kind => KindName;

    /// <summary>The name of an IngressClass; null when the field is absent, which differs from empty.</summary>
    public string? IngressClassName { get; init; }

    /// <summary>Serves the requests that no rule matches; null when there is none.</summary>
    public IngressBackend? DefaultBackend { get; init; }

    /// <summary>The rules, in the order written.</summary>
    public IReadOnlyList<IngressRule> Rules { get; init; } = [];

    /// <summary>The TLS entries, in the order written.</summary>
    public IReadOnlyList<IngressTls> Tls { get; init; } = [];

    /// <summary>The <c>status</c> as stored; nothing here writes or serves it (D22).</summary>
    public IngressStatus Status { get; init; } = IngressStatus.Empty;
}

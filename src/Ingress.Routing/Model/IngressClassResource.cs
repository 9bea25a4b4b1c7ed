namespace Ingress.Routing.Model;

/// <summary>One <c>networking.k8s.io/v1</c> IngressClass as stored, right or wrong (semantics 1.17). It is cluster-scoped.</summary>
public sealed record IngressClassResource : KubernetesResource
{
    internal const string KindName = "IngressClass";

    /// <summary>The annotation that marks the default class when its value is exactly <c>true</c> (semantics 10.3).</summary>
    public const string DefaultAnnotation = "ingressclass.kubernetes.io/is-default-class";

    /// <inheritdoc />
    public override string Kind => KindName;

    /// <inheritdoc />
    public override ResourceReference Reference => new(Kind, null, Metadata.Name ?? "");

    /// <summary>The controller that serves the class, a domain-prefixed path such as <c>example.com/ingress</c>.</summary>
    public string? Controller { get; init; }

    /// <summary>An object with further settings; opaque to routing (semantics 10.7).</summary>
    public IngressClassParameters? Parameters { get; init; }

    /// <summary>Whether the class is marked as the default.</summary>
    public bool IsDefault => Metadata.Annotations.TryGetValue(DefaultAnnotation, out var value) && value == "true";
}

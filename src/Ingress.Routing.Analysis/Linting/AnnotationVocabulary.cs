using System.Collections.Immutable;

namespace Ingress.Routing.Linting;

/// <summary>The annotations that some controller understands under one prefix, so that misspelt ones can be told (D20). Immutable.</summary>
public sealed record AnnotationVocabulary
{
    /// <summary>The annotations of ingress-nginx 1.15, its last release.</summary>
    public static AnnotationVocabulary IngressNginx { get; } = new()
    {
        Prefix = IngressNginxAnnotations.Prefix,
        Names = [.. IngressNginxAnnotations.Names],
        IsComplete = true,
    };

    /// <summary>What else is common on an Ingress under the prefix of Kubernetes itself, which many share.</summary>
    public static AnnotationVocabulary Kubernetes { get; } = new()
    {
        Prefix = "kubernetes.io",
        Names = ["ingress.class", "ingress.allow-http", "ingress.global-static-ip-name", "ingress.regional-static-ip-name", "tls-acme"],
    };

    /// <summary>The prefix, without the slash that follows it.</summary>
    public required string Prefix { get; init; }

    /// <summary>The names behind the prefix.</summary>
    public required ImmutableHashSet<string> Names { get; init; }

    /// <summary>Whether every unknown name is reported; otherwise only those are that resemble a known one.</summary>
    public bool IsComplete { get; init; }
}

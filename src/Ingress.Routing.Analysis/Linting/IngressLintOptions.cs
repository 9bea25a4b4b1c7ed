using System.Collections.Immutable;

namespace Ingress.Routing.Linting;

/// <summary>What lint needs to know besides the table. Immutable.</summary>
public sealed record IngressLintOptions
{
    /// <summary>The defaults.</summary>
    public static IngressLintOptions Default { get; } = new();

    /// <summary>The time at which certificates are evaluated; null leaves that out, so that the findings depend on no clock.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>How long before its end a certificate is reported. The default is 30 days.</summary>
    public TimeSpan CertificateNotice { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The annotations that are known, by prefix; others are left alone. A host application adds its own prefix (D20).</summary>
    public ImmutableArray<AnnotationVocabulary> Annotations { get; init; } =
        [AnnotationVocabulary.IngressNginx, AnnotationVocabulary.Kubernetes, .. CommonAnnotations.All];
}

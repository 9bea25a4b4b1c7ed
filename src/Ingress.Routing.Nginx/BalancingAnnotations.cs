using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>How requests are shared among endpoints.</summary>
internal static class BalancingAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<BalancingBuilder>(
            BalancingBuilder.Algorithm,
            AnnotationRisk.Tunes,
            "'round_robin' or 'ewma'",
            "How an endpoint is chosen: one after the other, or by latency.",
            BalancingBuilder.TrySetAlgorithm),
        NginxRow.Of<BalancingBuilder>(
            "service-upstream",
            AnnotationRisk.Tunes,
            "a switch such as 'true'",
            "Whether the address of the Service gets the requests, and the cluster chooses the endpoint.",
            static (builder, text) => NginxText.TryReadBoolean(text, out builder.UsesServiceAddress)),
        NginxRow.Of<BalancingBuilder>(
            BalancingBuilder.HashBy,
            AnnotationRisk.Tunes,
            "letters, digits, '-', '_' and variables such as '$request_uri'",
            "What requests to one endpoint have in common.",
            BalancingBuilder.TrySetHashBy),
        NginxRow.Of<BalancingBuilder>(
            "upstream-hash-by-subset",
            AnnotationRisk.Tunes,
            "a switch such as 'true'",
            "Whether requests with the same text are shared among several endpoints.",
            static (builder, text) => NginxText.TryReadBoolean(text, out builder.HasSubset)),
        NginxRow.Of<BalancingBuilder>(
            "upstream-hash-by-subset-size",
            AnnotationRisk.Tunes,
            "a number above 0",
            "Among how many. The default is 3.",
            static (builder, text) => NginxText.TryReadNumber(text, 1, int.MaxValue, out builder.SubsetSize)),
    ];
}

using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>What is gathered before it is passed on.</summary>
internal static class BufferAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<HeaderLimitBuilder>(
            HeaderLimitBuilder.Name,
            AnnotationRisk.Tunes,
            "a size such as '16k', of at most 1m",
            "How large the head of a response may be. A larger one is answered with 502. The default is 64k.",
            static (builder, text) => builder.TrySet(text)),
        .. NginxRow.NotBuilt(
            AnnotationRisk.Tunes,
            "proxy-buffering",
            "proxy-buffers-number",
            "proxy-busy-buffers-size",
            "proxy-max-temp-file-size",
            "proxy-request-buffering",
            "client-body-buffer-size"),
    ];
}

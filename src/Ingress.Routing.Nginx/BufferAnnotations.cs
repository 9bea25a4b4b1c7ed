using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>What is gathered before it is passed on.</summary>
internal static class BufferAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Tunes,
            "proxy-buffering",
            "proxy-buffer-size",
            "proxy-buffers-number",
            "proxy-busy-buffers-size",
            "proxy-max-temp-file-size",
            "proxy-request-buffering",
            "client-body-buffer-size"),
    ];
}

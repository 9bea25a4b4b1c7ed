using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>What is gathered of answers before it is passed on: nothing but their headers.</summary>
internal static class BufferAnnotations
{
    private const string PassedOn = "Answers are passed on as they come, and a backend waits for a slow client.";

    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<HeaderLimitBuilder>(
            HeaderLimitBuilder.Name,
            AnnotationRisk.Tunes,
            "a size such as '16k', of at most 1m",
            "How large the head of a response may be. A larger one is answered with 502. The default is that of the controller, 4k.",
            static (builder, text) => builder.TrySet(text)),
        NginxRow.WithoutEffect("proxy-buffering", PassedOn),
        NginxRow.WithoutEffect("proxy-buffers-number", PassedOn),
        NginxRow.WithoutEffect("proxy-busy-buffers-size", PassedOn),
        NginxRow.WithoutEffect("proxy-max-temp-file-size", PassedOn),
    ];
}

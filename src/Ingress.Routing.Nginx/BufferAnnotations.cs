using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>How large the headers of answers may be. Answers themselves are never gathered.</summary>
internal static class BufferAnnotations
{
    private const string BufferSize = "proxy-buffer-size";
    private const string PassedOn = "Answers are passed on as they come, and a backend waits for a slow client.";

    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.WithoutEffect("proxy-buffering", PassedOn),
        NginxRow.Of<Builder>(
            BufferSize,
            AnnotationRisk.Tunes,
            "a size such as '16k'",
            "How large the headers of an answer may be, up to 128k. A larger one is answered with 502. The default is that of the controller, 4k.",
            static (builder, text) =>
            {
                var isSize = NginxText.TryReadSize(text, out var bytes) && bytes > 0;
                builder.HeaderLimit = isSize ? bytes : null;
                return isSize;
            }),
        NginxRow.WithoutEffect("proxy-buffers-number", PassedOn),
        NginxRow.WithoutEffect("proxy-busy-buffers-size", PassedOn),
        NginxRow.WithoutEffect("proxy-max-temp-file-size", PassedOn),
    ];

    internal sealed class Builder : PolicyBuilder
    {
        public long? HeaderLimit;

        protected internal override void Build(PolicyContext context)
            => NginxRow.Add(
                context, new ResponseHeaderLimit(HeaderLimit ?? context.Settings<NginxOptions>().ProxyBufferSize), BufferSize, isDefault: HeaderLimit is null);
    }
}

using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>How backends are spoken to.</summary>
internal static class BackendAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<BackendBuilder>(
            BackendBuilder.Protocol,
            AnnotationRisk.Tunes,
            "'HTTP', 'HTTPS', 'AUTO_HTTP', 'GRPC' or 'GRPCS', in any case",
            "What is spoken with the backend. FCGI closes the paths.",
            BackendBuilder.TrySetProtocol),
        NginxRow.Of<BackendBuilder>(
            BackendBuilder.VirtualHost,
            AnnotationRisk.Protects,
            "a host name, which may hold variables",
            "The `Host` that the backend gets.",
            static (builder, text) => BackendBuilder.Keep(ref builder.Host, text)),
        NginxRow.Of<BackendBuilder>(
            "proxy-http-version",
            AnnotationRisk.Tunes,
            "'1.0' or '1.1'",
            "The version that requests to the backend say.",
            static (builder, text) => text is "1.0" or "1.1" && builder.Set("proxy-http-version", protocol => protocol with { IsHttp10 = text == "1.0" })),
        NginxRow.Of<BackendBuilder>(
            "connection-proxy-header",
            AnnotationRisk.Tunes,
            "'close' or 'keep-alive'",
            "Whether a connection to the backend serves one request.",
            static (builder, text) => text is "close" or "keep-alive"
                && builder.Set("connection-proxy-header", protocol => protocol with { ClosesConnections = text == "close" })),
    ];
}

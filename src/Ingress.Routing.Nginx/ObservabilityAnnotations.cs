using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Logs and traces.</summary>
internal static class ObservabilityAnnotations
{
    private const string OfTracing = "Traces are those of the .NET host, for all requests alike.";

    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.WithoutEffect("enable-access-log", "Which requests are logged is a setting of the host, and of no single Ingress."),
        NginxRow.WithoutEffect("enable-rewrite-log", "'explain' shows what a rewrite does with a request."),
        NginxRow.WithoutEffect("enable-opentelemetry", OfTracing),
        NginxRow.WithoutEffect("opentelemetry-operation-name", OfTracing),
        NginxRow.WithoutEffect("opentelemetry-trust-incoming-span", OfTracing),
        NginxRow.WithoutEffect("http2-push-preload", "Browsers have dropped HTTP/2 push, and so has nginx. The 'Link' header goes to the client as it is."),
    ];
}

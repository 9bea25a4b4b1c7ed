using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>Logs and traces.</summary>
internal static class ObservabilityAnnotations
{
    private const string AccessLog = "enable-access-log";
    private const string OfTracing = "Traces are those of the .NET host, for all requests alike.";

    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<Builder>(
            AccessLog,
            AnnotationRisk.Tunes,
            "a switch such as 'true'",
            "Whether requests are written to the log of requests. The default is yes.",
            static (builder, text) => NginxText.TryReadBoolean(text, out builder.IsLogged)),
        NginxRow.WithoutEffect("enable-rewrite-log", "'explain' shows what a rewrite does with a request."),
        NginxRow.WithoutEffect("enable-opentelemetry", OfTracing),
        NginxRow.WithoutEffect("opentelemetry-operation-name", OfTracing),
        NginxRow.WithoutEffect("opentelemetry-trust-incoming-span", OfTracing),
        NginxRow.WithoutEffect("http2-push-preload", "Browsers have dropped HTTP/2 push, and so has nginx. The 'Link' header goes to the client as it is."),
    ];

    private sealed class Builder : PolicyBuilder
    {
        public bool? IsLogged;

        protected internal override void Build(PolicyContext context)
        {
            if (IsLogged is false)
            {
                context.Add(new AccessLog(false), ObservabilityAnnotations.AccessLog);
            }
        }
    }
}

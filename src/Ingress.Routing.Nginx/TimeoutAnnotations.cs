using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>How long backends may take, and what happens then.</summary>
internal static class TimeoutAnnotations
{
    private const string Seconds = "a whole number of seconds above 0, without a unit";

    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<TimeoutBuilder>(
            TimeoutBuilder.Connect,
            AnnotationRisk.Tunes,
            Seconds,
            "How long a connection to the backend may take. The default is 5.",
            static (builder, text) => TimeoutBuilder.TryReadSeconds(text, out builder.ConnectTime)),
        NginxRow.Of<TimeoutBuilder>(
            "proxy-send-timeout",
            AnnotationRisk.Tunes,
            Seconds,
            "How long the backend may take between two pieces of a request. The default is 60.",
            static (builder, text) => TimeoutBuilder.TryReadSeconds(text, out builder.SendTime)),
        NginxRow.Of<TimeoutBuilder>(
            "proxy-read-timeout",
            AnnotationRisk.Tunes,
            Seconds,
            "How long the backend may take to begin its response, and between two pieces of it. The default is 60.",
            static (builder, text) => TimeoutBuilder.TryReadSeconds(text, out builder.ReadTime)),
        NginxRow.Of<TimeoutBuilder>(
            TimeoutBuilder.NextUpstream,
            AnnotationRisk.Tunes,
            "words of 'error', 'timeout', 'invalid_header', 'http_500', 'http_502', 'http_503', 'http_504', 'http_403', 'http_404', 'http_429', 'non_idempotent' and 'off', with blanks between them",
            "After what a request goes on to another endpoint. The default is `error timeout`.",
            static (builder, text) => (builder.Conditions = TimeoutBuilder.ConditionsOf(text)) is not null),
        NginxRow.Of<TimeoutBuilder>(
            "proxy-next-upstream-tries",
            AnnotationRisk.Tunes,
            "a number; 0 is all endpoints",
            "How many endpoints are tried. The default is 3.",
            static (builder, text) => NginxText.TryReadNumber(text, 0, int.MaxValue, out builder.Tries)),
        NginxRow.Of<TimeoutBuilder>(
            "proxy-next-upstream-timeout",
            AnnotationRisk.Tunes,
            "a whole number of seconds; 0 is no limit",
            "After how much time no further endpoint is tried. The default is 0.",
            static (builder, text) => NginxText.TryReadNumber(text, 0, int.MaxValue, out builder.RetrySeconds)),
    ];
}

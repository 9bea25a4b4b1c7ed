using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>How long backends may take, and what happens then.</summary>
internal static class TimeoutAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Tunes,
            "proxy-connect-timeout",
            "proxy-send-timeout",
            "proxy-read-timeout",
            "proxy-next-upstream",
            "proxy-next-upstream-tries",
            "proxy-next-upstream-timeout"),
    ];
}

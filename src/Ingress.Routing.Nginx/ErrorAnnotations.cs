using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Pages for errors, and the backend that gives them.</summary>
internal static class ErrorAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Tunes,
            "custom-http-errors",
            "default-backend",
            "disable-proxy-intercept-errors"),
    ];
}

using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>What is changed in answers of backends.</summary>
internal static class ResponseAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Tunes,
            "proxy-cookie-domain",
            "proxy-cookie-path",
            "proxy-redirect-from",
            "proxy-redirect-to",
            "custom-headers"),
    ];
}

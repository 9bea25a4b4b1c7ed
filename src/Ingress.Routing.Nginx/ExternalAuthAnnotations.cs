using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>A service that is asked who is let in.</summary>
internal static class ExternalAuthAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Protects,
            "auth-url",
            "auth-method",
            "auth-signin",
            "auth-signin-redirect-param",
            "auth-response-headers",
            "auth-request-redirect",
            "auth-always-set-cookie",
            "auth-cache-key",
            "auth-cache-duration",
            "auth-proxy-set-headers",
            "enable-global-auth",
            "auth-snippet"),
        .. NginxRow.NotBuilt(
            AnnotationRisk.Tunes,
            "auth-keepalive",
            "auth-keepalive-requests",
            "auth-keepalive-share-vars",
            "auth-keepalive-timeout"),
    ];
}

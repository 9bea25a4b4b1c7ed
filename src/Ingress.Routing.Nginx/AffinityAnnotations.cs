using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Clients that stay with one endpoint.</summary>
internal static class AffinityAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Tunes,
            "affinity",
            "affinity-mode",
            "affinity-canary-behavior",
            "session-cookie-name",
            "session-cookie-path",
            "session-cookie-domain",
            "session-cookie-samesite",
            "session-cookie-conditional-samesite-none",
            "session-cookie-secure",
            "session-cookie-expires",
            "session-cookie-max-age",
            "session-cookie-change-on-failure"),
    ];
}

using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Redirects of all paths of an Ingress to one place.</summary>
internal static class RedirectAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<RedirectBuilder>(
            RedirectBuilder.Permanent,
            AnnotationRisk.Protects,
            "a URL of letters, digits and '-._~/:,?&='",
            "Where clients are sent with 301, to exactly this text. A path stays on the host of the request.",
            RedirectBuilder.TrySetPermanent),
        NginxRow.Of<RedirectBuilder>(
            RedirectBuilder.PermanentCode,
            AnnotationRisk.Tunes,
            "301, 302, 303, 307 or 308",
            "The status of `permanent-redirect`.",
            RedirectBuilder.TrySetPermanentCode),
        NginxRow.Of<RedirectBuilder>(
            RedirectBuilder.Temporal,
            AnnotationRisk.Protects,
            "a URL of letters, digits and '-._~/:,?&='",
            "Where clients are sent with 302, to exactly this URL. It goes before `permanent-redirect`.",
            RedirectBuilder.TrySetTemporal),
        NginxRow.Of<RedirectBuilder>(
            RedirectBuilder.TemporalCode,
            AnnotationRisk.Tunes,
            "301, 302, 303 or 307",
            "The status of `temporal-redirect`.",
            RedirectBuilder.TrySetTemporalCode),
        NginxRow.Of<RedirectBuilder>(
            RedirectBuilder.Relative,
            AnnotationRisk.Tunes,
            "'true' or 'false'",
            "Whether redirects to a path name neither scheme nor host.",
            RedirectBuilder.TrySetRelative),
    ];
}

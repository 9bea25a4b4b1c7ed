using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Ingresses that take some requests of others.</summary>
internal static class CanaryAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<CanaryBuilder>(
            CanaryBuilder.Canary,
            AnnotationRisk.Protects,
            "'true' or 'false'",
            "Whether the Ingress is a canary: its Services take some of the requests of the Ingress with the same host, path and path type.",
            CanaryBuilder.TrySetCanary),
        NginxRow.Of<CanaryBuilder>(
            CanaryBuilder.ByHeader,
            AnnotationRisk.Tunes,
            "the name of a header",
            "The header that takes the canary when it is `always`, and keeps away from it when it is `never`. It goes before the cookie.",
            CanaryBuilder.TrySetHeader),
        NginxRow.Of<CanaryBuilder>(
            CanaryBuilder.ByHeaderValue,
            AnnotationRisk.Tunes,
            "printable text",
            "The value of that header that takes the canary, instead of `always` and `never`.",
            CanaryBuilder.TrySetHeaderValue),
        NginxRow.Of<CanaryBuilder>(
            CanaryBuilder.ByHeaderPattern,
            AnnotationRisk.Tunes,
            "a regular expression",
            "What the value of that header must match somewhere to take the canary. `canary-by-header-value` goes before it.",
            CanaryBuilder.TrySetHeaderPattern),
        NginxRow.Of<CanaryBuilder>(
            CanaryBuilder.ByCookie,
            AnnotationRisk.Tunes,
            "the name of a cookie",
            "The cookie that takes the canary when it is `always`, and keeps away from it when it is `never`. It goes before the weight.",
            CanaryBuilder.TrySetCookie),
        NginxRow.Of<CanaryBuilder>(
            CanaryBuilder.Weight,
            AnnotationRisk.Tunes,
            "a number",
            "How many of 100 requests, or of the total, take the canary where neither header nor cookie decide. The default is 0.",
            CanaryBuilder.TrySetWeight),
        NginxRow.Of<CanaryBuilder>(
            CanaryBuilder.WeightTotal,
            AnnotationRisk.Tunes,
            "a number",
            "What the weight is a part of. Below 100 it acts as 100.",
            CanaryBuilder.TrySetWeightTotal),
    ];
}

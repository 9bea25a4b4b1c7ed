using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Certificates of clients.</summary>
internal static class ClientCertificateAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Protects,
            "auth-tls-secret",
            "auth-tls-verify-client",
            "auth-tls-verify-depth",
            "auth-tls-match-cn"),
        .. NginxRow.NotBuilt(
            AnnotationRisk.Tunes,
            "auth-tls-error-page",
            "auth-tls-pass-certificate-to-upstream"),
    ];
}

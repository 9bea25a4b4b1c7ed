using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Certificates of clients.</summary>
internal static class ClientCertificateAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.OfHost<ClientCertificateBuilder>(
            ClientCertificateBuilder.Secret,
            AnnotationRisk.Protects,
            "'namespace/name' of a Secret",
            "The Secret whose `ca.crt` holds the authorities for client certificates, and `ca.crl` their revocation lists. Without it, all requests are answered with 403.",
            ClientCertificateBuilder.TrySetSecret),
        NginxRow.OfHost<ClientCertificateBuilder>(
            ClientCertificateBuilder.Mode,
            AnnotationRisk.Tunes,
            "'on', 'optional', 'optional_no_ca' or 'off'",
            "Which clients are answered with 400: those without a certificate that can be verified, those with another one, or none. The default is `on`.",
            ClientCertificateBuilder.TrySetMode),
        NginxRow.OfHost<ClientCertificateBuilder>(
            ClientCertificateBuilder.Depth,
            AnnotationRisk.Tunes,
            "a number from 0 to 100",
            "How many intermediate authorities may stand between a client certificate and the authorities. The default is 1.",
            ClientCertificateBuilder.TrySetDepth),
        NginxRow.OfHost<ClientCertificateBuilder>(
            ClientCertificateBuilder.MatchName,
            AnnotationRisk.Protects,
            "'CN=' and a regular expression that needs no backtracking",
            "What has to occur in the subject of a certificate. Other clients are answered with 403.",
            ClientCertificateBuilder.TrySetMatchName),
        NginxRow.OfHost<ClientCertificateBuilder>(
            ClientCertificateBuilder.ErrorPage,
            AnnotationRisk.Tunes,
            "an absolute URL",
            "Where clients are sent with 302 that would be answered with 400. A path would let them in, and is refused.",
            ClientCertificateBuilder.TrySetErrorPage),
        NginxRow.OfHost<ClientCertificateBuilder>(
            ClientCertificateBuilder.PassCertificate,
            AnnotationRisk.Tunes,
            "'true' or 'false'",
            "Whether backends get the certificate in `ssl-client-cert`, besides `ssl-client-verify`, `ssl-client-subject-dn` and `ssl-client-issuer-dn`.",
            ClientCertificateBuilder.TrySetPassCertificate),
    ];
}

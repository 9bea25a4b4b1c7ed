using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>TLS with backends. What is here besides the Secret counts only together with it.</summary>
internal static class BackendTlsAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<BackendBuilder>(
            BackendBuilder.Secret,
            AnnotationRisk.Protects,
            "a Secret as 'namespace/name'",
            "The Secret with the authorities for the backend (`ca.crt`) and what it is shown (`tls.crt`, `tls.key`).",
            static (builder, text) => NginxText.TryReadReference(text, null, out _) && BackendBuilder.Keep(ref builder.SecretName, text)),
        NginxRow.Of<BackendBuilder>(
            BackendBuilder.Verify,
            AnnotationRisk.Protects,
            "'on' or 'off'",
            "Whether the certificate of the backend is verified. The default is `off`.",
            static (builder, text) => NginxText.TryReadSwitch(text, out builder.Verifies)),
        NginxRow.Of<BackendBuilder>(
            BackendBuilder.Depth,
            AnnotationRisk.Tunes,
            "a number",
            "How many intermediate authorities may stand between. The default is 1.",
            static (builder, text) => NginxText.TryReadNumber(text, 0, 100, out builder.MaxIntermediates)),
        NginxRow.Of<BackendBuilder>(
            BackendBuilder.Name,
            AnnotationRisk.Protects,
            "a host name",
            "The name that the certificate of the backend has to be for.",
            static (builder, text) => Uri.CheckHostName(text) == UriHostNameType.Dns && BackendBuilder.Keep(ref builder.ServerName, text)),
        NginxRow.Of<BackendBuilder>(
            BackendBuilder.SendName,
            AnnotationRisk.Tunes,
            "'on' or 'off'",
            "Whether the name is sent to the backend (SNI). The default is `off`.",
            static (builder, text) => NginxText.TryReadSwitch(text, out builder.SendsServerName)),
        NginxRow.Of<BackendBuilder>(
            BackendBuilder.Protocols,
            AnnotationRisk.Tunes,
            "'TLSv1.2', 'TLSv1.3', or both",
            "The versions of TLS that are spoken with the backend.",
            BackendBuilder.TrySetVersions),
        NginxRow.Of<BackendBuilder>(
            BackendBuilder.Ciphers,
            AnnotationRisk.Tunes,
            "'DEFAULT', or names of OpenSSL such as ECDHE-RSA-AES128-GCM-SHA256 with colons between them",
            "The cipher suites to choose from with the backend.",
            BackendBuilder.TrySetCiphers),
    ];
}

namespace Ingress.Routing.Annotations;

/// <summary>Our own dialect (D20): every policy can be asked for in it.</summary>
internal static class OwnAnnotations
{
    public const string DefaultPrefix = "ingress.routing";

    public static AnnotationDialect Default { get; } = Create(DefaultPrefix);

    public static AnnotationDialect Under(string prefix) => prefix == DefaultPrefix ? Default : Create(prefix);

    private static AnnotationDialect Create(string prefix) => new(
        DefaultPrefix,
        prefix,
        [
            .. TlsSettingsBuilder.Rows,
            .. HostRedirectBuilder.Rows,
            .. RegexPathsBuilder.Rows,
            .. PathRedirectBuilder.Rows,
            .. PathRewriteBuilder.Rows,
            .. HeaderEditsBuilder.Rows,
            .. LimitBuilder.Rows,
            .. BasicAuthenticationBuilder.Rows,
            .. ExternalAuthenticationBuilder.Rows,
            .. AccessBuilder.Rows,
            .. AddressListBuilder.Rows,
            .. CorsBuilder.Rows,
            .. BodyBuilder.Rows,
            .. ResponseBuilder.Rows,
            .. ErrorPagesBuilder.Rows,
            .. MirrorBuilder.Rows,
            .. ConditionsBuilder.Rows,
            .. BackendBuilder.Rows,
            .. BackendTlsBuilder.Rows,
            .. TimeoutBuilder.Rows,
            .. HealthBuilder.Rows,
            .. BalancingBuilder.Rows,
            .. AffinityBuilder.Rows,
            .. AddressEditsBuilder.Rows,
            .. BackendWeightsBuilder.Rows,
            .. CanaryBuilder.Rows,
        ])
    {
        ProtectedBeginnings = ["client-", "rate-limit", "concurrency-limit", "allow-", "deny-", "body-size", "basic-auth", "external-auth", "backend-tls"],
    };
}

namespace Ingress.Routing.Nginx;

/// <summary>How the controller speaks TLS with all hosts.</summary>
internal static class NginxTls
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(uint.MaxValue);

    public static TlsSettings Of(NginxOptions options) => new()
    {
        StrictTransportSecurity = StrictTransportSecurityOf(options),
        CipherSuites = options.SslCiphers is { } ciphers ? SslCiphersBuilder.Read(ciphers) : null,
        MinimumVersion = MinimumVersionOf(options.SslProtocols),
    };

    private static StrictTransportSecurity? StrictTransportSecurityOf(NginxOptions options) => !options.Hsts ? null : new()
    {
        MaxAge = TimeSpan.FromSeconds(Math.Clamp(options.HstsMaxAge, 0, (long)s_longest.TotalSeconds)),
        IncludeSubDomains = options.HstsIncludeSubdomains,
        Preload = options.HstsPreload,
    };

    // "TLSv1.2 TLSv1.3": what is older is not spoken, and cannot be.
    private static TlsVersion? MinimumVersionOf(string? protocols)
        => protocols is null || protocols.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not ["TLSv1.3"] ? null : TlsVersion.Tls13;
}

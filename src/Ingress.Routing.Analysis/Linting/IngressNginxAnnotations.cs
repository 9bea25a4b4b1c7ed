namespace Ingress.Routing.Linting;

/// <summary>The annotations of ingress-nginx 1.15, its last release, without their prefix.</summary>
internal static class IngressNginxAnnotations
{
    public const string Prefix = "nginx.ingress.kubernetes.io";

    public static readonly string[] Names = """
        affinity affinity-canary-behavior affinity-mode allowlist-source-range app-root auth-always-set-cookie
        auth-cache-duration auth-cache-key auth-keepalive auth-keepalive-requests auth-keepalive-share-vars
        auth-keepalive-timeout auth-method auth-proxy-set-headers auth-realm auth-request-redirect auth-response-headers
        auth-secret auth-secret-type auth-signin auth-signin-redirect-param auth-snippet auth-tls-error-page auth-tls-match-cn
        auth-tls-pass-certificate-to-upstream auth-tls-secret auth-tls-verify-client auth-tls-verify-depth auth-type auth-url
        backend-protocol canary canary-by-cookie canary-by-header canary-by-header-pattern canary-by-header-value
        canary-weight canary-weight-total client-body-buffer-size configuration-snippet connection-proxy-header
        cors-allow-credentials cors-allow-headers cors-allow-methods cors-allow-origin cors-expose-headers cors-max-age
        custom-headers custom-http-errors default-backend denylist-source-range disable-proxy-intercept-errors
        enable-access-log enable-cors enable-global-auth enable-modsecurity enable-opentelemetry enable-owasp-core-rules
        enable-rewrite-log fastcgi-index fastcgi-params-configmap force-ssl-redirect from-to-www-redirect http2-push-preload
        limit-allowlist limit-burst-multiplier limit-connections limit-rate limit-rate-after limit-rpm limit-rps
        limit-whitelist load-balance mirror-host mirror-request-body mirror-target modsecurity-snippet
        modsecurity-transaction-id opentelemetry-operation-name opentelemetry-trust-incoming-span permanent-redirect
        permanent-redirect-code preserve-trailing-slash proxy-body-size proxy-buffer-size proxy-buffering proxy-buffers-number
        proxy-busy-buffers-size proxy-connect-timeout proxy-cookie-domain proxy-cookie-path proxy-http-version
        proxy-max-temp-file-size proxy-next-upstream proxy-next-upstream-timeout proxy-next-upstream-tries proxy-read-timeout
        proxy-redirect-from proxy-redirect-to proxy-request-buffering proxy-send-timeout proxy-ssl-ciphers proxy-ssl-name
        proxy-ssl-protocols proxy-ssl-secret proxy-ssl-server-name proxy-ssl-verify proxy-ssl-verify-depth relative-redirects
        rewrite-target satisfy server-alias server-snippet service-upstream session-cookie-change-on-failure
        session-cookie-conditional-samesite-none session-cookie-domain session-cookie-expires session-cookie-max-age
        session-cookie-name session-cookie-path session-cookie-samesite session-cookie-secure ssl-ciphers ssl-passthrough
        ssl-prefer-server-ciphers ssl-redirect stream-snippet temporal-redirect temporal-redirect-code upstream-hash-by
        upstream-hash-by-subset upstream-hash-by-subset-size upstream-vhost use-port-in-redirects use-regex
        whitelist-source-range x-forwarded-prefix
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Names that people write although they never existed or are gone, and what does the job.</summary>
    public static readonly Dictionary<string, string> Replacements = new(StringComparer.Ordinal)
    {
        ["secure-backends"] = "backend-protocol",
        ["grpc-backend"] = "backend-protocol",
        ["rate-limit"] = "limit-rps",
        ["rate-limit-window"] = "limit-rpm",
        ["ssl-verify"] = "proxy-ssl-verify",
        ["secure-verify-ca-secret"] = "proxy-ssl-secret",
        ["client-max-body-size"] = "proxy-body-size",
        ["body-size"] = "proxy-body-size",
        ["max-body-size"] = "proxy-body-size",
        ["mirror-uri"] = "mirror-target",
        ["ip-whitelist"] = "whitelist-source-range",
        ["force-https"] = "force-ssl-redirect",
        ["https-redirect"] = "force-ssl-redirect",
        ["redirect-to-https"] = "force-ssl-redirect",
        ["session-cookie-max-size"] = "session-cookie-max-age",
    };

    private const string OfConfigMap = "Such settings are in the controller's ConfigMap, for all hosts.";
    private const string OfOpenTracing =
        "ingress-nginx 1.10 (2024) dropped OpenTracing, Zipkin and Jaeger; 'enable-opentelemetry' is the annotation that is left.";

    // Names, and beginnings of names that end with an asterisk.
    private static readonly (string Reason, string[] Names)[] s_reasons =
    [
        (OfOpenTracing, ["enable-opentracing", "opentracing-*", "zipkin-*", "jaeger-*", "datadog-*"]),
        ("Web application firewalls are 'enable-modsecurity' and what goes with it; lua-resty-waf was dropped in 2019.", ["lua-resty-waf*"]),
        ("Rewriting the links of pages was dropped in 0.22 (2019); the Service has to write them itself.", ["add-base-url", "base-url-scheme"]),
        ("ingress-nginx passes WebSockets on without being told; the name is one of F5's controller ('nginx.org/websocket-services').", ["websocket-services"]),
        ("ingress-nginx has no annotation about caching.", ["proxy-cache-*", "proxy-cache", "cache-*"]),
        ("The cookie is a hash without being told.", ["session-cookie-hash"]),
        ("ingress-nginx dropped such checks; 'proxy-next-upstream' says when another endpoint is tried.", ["upstream-fail-timeout", "upstream-max-fails"]),
        ("ingress-nginx has dropped InfluxDB.", ["enable-influxdb", "influxdb-*"]),
        (OfConfigMap, [
            "ssl-protocols", "hsts", "hsts-*", "large-client-header-buffers", "client-header-buffer-size", "client-header-timeout", "client-body-timeout",
            "proxy-set-headers", "add-headers", "http-snippet", "location-snippet", "main-snippet", "server-tokens", "hide-headers", "use-gzip", "enable-gzip", "gzip-*",
            "enable-brotli", "brotli-*", "use-http2", "enable-http2", "use-proxy-protocol", "use-forwarded-headers", "compute-full-forwarded-for",
            "forwarded-for-header", "proxy-real-ip-cidr", "enable-real-ip", "real-ip-header", "keep-alive", "keep-alive-requests", "upstream-keepalive-*",
            "ssl-session-*", "ssl-ecdh-curve", "ssl-dh-param", "log-format-*", "access-log-*", "error-log-*", "worker-*", "max-worker-*",
            "enable-underscores-in-headers", "ignore-invalid-headers", "limit-req-status-code", "limit-conn-status-code", "proxy-headers-hash-*",
            "server-name-hash-*", "map-hash-bucket-size", "variables-hash-*", "whitelist-source-ranges", "block-cidrs", "block-user-agents",
            "block-referers", "no-tls-redirect-locations", "global-auth-*", "allow-snippet-annotations", "annotations-risk-level", "http-redirect-code",
            "proxy-stream-*", "disable-access-log", "enable-ocsp", "retry-non-idempotent", "lua-shared-dicts", "reuse-port", "bind-address",
        ]),
    ];

    /// <summary>Why a name means nothing, where that is known; one text for all names with the same reason.</summary>
    public static string? ReasonFor(string name)
    {
        foreach (var (reason, names) in s_reasons)
        {
            if (names.Any(known => known.EndsWith('*') ? name.StartsWith(known[..^1], StringComparison.Ordinal) : name == known))
            {
                return reason;
            }
        }

        return null;
    }
}

namespace Ingress.Routing.Nginx;

/// <summary>Names that people write although ingress-nginx has no such annotation, and what to tell them.</summary>
internal static class NginxMisnomers
{
    private const string OfConfigMap = "Such a setting is one of the ConfigMap of the controller, and of all hosts.";
    private const string OfOpenTracing = "ingress-nginx 1.10 dropped OpenTracing, Zipkin and Jaeger.";
    private const string OfCaching = "ingress-nginx has no annotation about caching.";

    public static IEnumerable<KeyValuePair<string, string>> All { get; } =
    [
        .. Say("Write 'backend-protocol' with HTTPS instead.", "secure-backends"),
        .. Say("Write 'backend-protocol' with GRPC instead.", "grpc-backend"),
        .. Say("Write 'limit-rps' instead.", "rate-limit"),
        .. Say("Write 'limit-rps' or 'limit-rpm' instead, which say the time in their names.", "rate-limit-window"),
        .. Say("Write 'proxy-ssl-verify' with on instead.", "ssl-verify"),
        .. Say("Write 'proxy-ssl-secret' instead.", "secure-verify-ca-secret"),
        .. Say("Write 'proxy-body-size' instead.", "client-max-body-size", "body-size", "max-body-size"),
        .. Say("Write 'mirror-target' instead.", "mirror-uri"),
        .. Say("Write 'force-ssl-redirect' instead.", "force-https", "https-redirect", "redirect-to-https"),
        .. Say("Write 'session-cookie-max-age' instead.", "session-cookie-max-size"),
        .. Say("Write 'server-snippet' instead.", "server-snippets"),
        .. Say("The cookie is a hash without being told.", "session-cookie-hash"),
        .. Say("WebSockets are passed on without being told; the name is one of F5's controller.", "websocket-services"),
        .. Say("Rewriting the links of pages was dropped in 0.22.", "add-base-url", "base-url-scheme"),
        .. Say("Write 'spec.ingressClassName' instead.", "ingress-class", "ingress.class"),
        .. Say("Names are added by rules, or by 'server-alias'.", "add-hosts"),
        .. Say(OfCaching, "proxy-cache", "proxy-cache-valid", "proxy-cache-key", "proxy-cache-path", "proxy-cache-bypass"),
        .. Say(OfOpenTracing, "enable-opentracing", "opentracing-operation-name", "opentracing-trust-incoming-span"),
        .. Say("lua-resty-waf was dropped in 2019.", "lua-resty-waf", "lua-resty-waf-debug", "lua-resty-waf-extra-rules"),
        .. Say("ingress-nginx has dropped InfluxDB.", "enable-influxdb", "influxdb-host", "influxdb-port", "influxdb-measurement", "influxdb-server-name"),
        .. Say("ingress-nginx dropped such checks; 'proxy-next-upstream' says when another endpoint is tried.", "upstream-fail-timeout", "upstream-max-fails"),
        .. Say("Limits across replicas were dropped; 'limit-rps' counts in each.", "global-rate-limit", "global-rate-limit-window", "global-rate-limit-key", "global-rate-limit-ignored-cidrs"),
        .. Say(
            OfConfigMap,
            "ssl-protocols",
            "hsts",
            "hsts-max-age",
            "hsts-include-subdomains",
            "hsts-preload",
            "large-client-header-buffers",
            "client-header-buffer-size",
            "client-header-timeout",
            "client-body-timeout",
            "proxy-set-headers",
            "add-headers",
            "http-snippet",
            "location-snippet",
            "main-snippet",
            "server-tokens",
            "hide-headers",
            "use-gzip",
            "enable-gzip",
            "gzip-level",
            "gzip-types",
            "gzip-min-length",
            "enable-brotli",
            "use-http2",
            "enable-http2",
            "use-proxy-protocol",
            "use-forwarded-headers",
            "compute-full-forwarded-for",
            "forwarded-for-header",
            "proxy-real-ip-cidr",
            "enable-real-ip",
            "keep-alive",
            "keep-alive-requests",
            "upstream-keepalive-connections",
            "upstream-keepalive-timeout",
            "upstream-keepalive-requests",
            "log-format-upstream",
            "limit-req-status-code",
            "limit-conn-status-code",
            "no-tls-redirect-locations",
            "http-redirect-code",
            "allow-snippet-annotations",
            "annotations-risk-level",
            "ssl-session-cache",
            "ssl-session-timeout",
            "ssl-session-tickets",
            "worker-processes",
            "proxy-stream-timeout",
            "retry-non-idempotent"),
    ];

    private static IEnumerable<KeyValuePair<string, string>> Say(string advice, params string[] names)
        => names.Select(name => KeyValuePair.Create(name, advice));
}

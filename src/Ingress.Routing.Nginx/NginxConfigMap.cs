using System.Collections.Frozen;

namespace Ingress.Routing.Nginx;

/// <summary>Reads the ConfigMap of the controller of ingress-nginx.</summary>
public static class NginxConfigMap
{
    private const string NoEffect = "It has no effect here.";
    private const string Protects = "It could protect something, and is not done here. Remove it, and ask for the same by annotations";

    private static readonly FrozenDictionary<string, Func<NginxOptions, string, bool>> s_settings = NginxSettings.All;

    // What tunes nginx itself, its logs and its caches.
    private static readonly FrozenSet<string> s_withoutEffect = """
        access-log-params access-log-path allow-backend-server-header bind-address brotli-level brotli-min-length brotli-types
        client-body-buffer-size client-body-timeout client-header-buffer-size client-header-timeout debug-connections default-type disable-access-log
        disable-ipv6 disable-ipv6-dns enable-access-log-for-default-backend enable-aio-write enable-auth-access-log enable-brotli enable-gzip
        enable-multi-accept enable-ocsp enable-opentelemetry enable-real-ip enable-serial-reloads enable-syslog error-log-level error-log-path
        forwarded-for-header generate-request-id geoip2-autoreload-in-minutes grpc-buffer-size-kb gzip-disable gzip-level gzip-min-length
        gzip-types http-access-log-path http2-max-concurrent-streams http2-max-field-size http2-max-header-size http2-max-requests keep-alive
        keep-alive-requests large-client-header-buffers limit-conn-zone-variable log-format-escape-json log-format-escape-none log-format-stream
        log-format-upstream lua-shared-dicts main-snippet map-hash-bucket-size max-worker-connections max-worker-open-files nginx-status-ipv4-whitelist
        nginx-status-ipv6-whitelist opentelemetry-config opentelemetry-operation-name opentelemetry-trust-incoming-span
        otel-max-export-batch-size otel-max-queuesize otel-sampler otel-sampler-parent-based otel-sampler-ratio otel-schedule-delay-millis
        otel-service-name otlp-collector-host otlp-collector-port plugins proxy-add-original-uri-header proxy-buffers-number
        proxy-busy-buffers-size proxy-headers-hash-bucket-size proxy-headers-hash-max-size proxy-http-version proxy-max-temp-file-size
        proxy-protocol-header-timeout proxy-ssl-location-only proxy-stream-next-upstream proxy-stream-next-upstream-timeout
        proxy-stream-next-upstream-tries proxy-stream-responses proxy-stream-timeout reuse-port server-name-hash-bucket-size
        server-name-hash-max-size skip-access-log-urls ssl-buffer-size ssl-dh-param ssl-early-data ssl-ecdh-curve ssl-session-cache
        ssl-session-cache-size ssl-session-ticket-key ssl-session-tickets ssl-session-timeout stream-access-log-path strict-validate-path-type
        syslog-host syslog-port upstream-keepalive-connections upstream-keepalive-requests upstream-keepalive-time
        upstream-keepalive-timeout use-geoip use-geoip2 use-gzip use-http2 variables-hash-bucket-size variables-hash-max-size
        worker-cpu-affinity worker-processes worker-shutdown-timeout server-tokens
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    // What could keep a client out, or change what backends believe.
    private static readonly FrozenSet<string> s_protecting = """
        block-cidrs block-referers block-user-agents enable-modsecurity enable-owasp-modsecurity-crs http-snippet location-snippet
        modsecurity-snippet server-snippet ssl-reject-handshake stream-snippet use-proxy-protocol
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Reads the entries of the ConfigMap.</summary>
    /// <param name="data">The entries.</param>
    /// <param name="options">Receives what they say.</param>
    /// <returns>What is wrong with them, and which of them change nothing; by key.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IReadOnlyList<NginxSettingProblem> Read(IReadOnlyDictionary<string, string> data, NginxOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<NginxSettingProblem>();
        foreach (var (key, written) in data.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            var text = written.Trim();
            if (s_settings.TryGetValue(key, out var set))
            {
                if (!set(options, text))
                {
                    problems.Add(new(key, $"It is '{text}', which cannot be understood.", IsError: true));
                }
            }
            else if (s_withoutEffect.Contains(key))
            {
                problems.Add(new(key, NoEffect, IsError: false));
            }
            else if (s_protecting.Contains(key))
            {
                if (text.Length > 0 && text is not "false")
                {
                    problems.Add(new(key, $"{Protects}.", IsError: true));
                }
            }
            else
            {
                problems.Add(new(key, "There is no such setting, or it is not known here. It is ignored.", IsError: false));
            }
        }

        return problems;
    }
}

using System.Collections.Frozen;

namespace Ingress.Routing.Nginx;

/// <summary>How ingress-nginx ranks its annotations. What is not listed is low.</summary>
internal static class NginxRisks
{
    private static readonly FrozenDictionary<string, NginxRiskLevel> s_all = new (NginxRiskLevel Level, string Names)[]
    {
        (NginxRiskLevel.Critical, "auth-snippet configuration-snippet modsecurity-snippet server-snippet stream-snippet"),
        (NginxRiskLevel.High, """
            auth-signin auth-tls-error-page auth-tls-match-cn auth-url mirror-host mirror-target modsecurity-transaction-id proxy-ssl-name
            server-alias upstream-hash-by
            """),
        (NginxRiskLevel.Medium, """
            affinity-mode allowlist-source-range whitelist-source-range app-root auth-cache-duration auth-cache-key auth-proxy-set-headers auth-realm
            auth-request-redirect auth-response-headers auth-secret auth-signin-redirect-param auth-tls-secret auth-tls-verify-client
            canary-by-cookie canary-by-header canary-by-header-pattern canary-by-header-value cors-allow-headers cors-allow-methods
            cors-allow-origin cors-expose-headers custom-headers denylist-source-range fastcgi-index fastcgi-params-configmap
            force-ssl-redirect opentelemetry-operation-name permanent-redirect preserve-trailing-slash proxy-body-size proxy-cookie-domain
            proxy-cookie-path proxy-next-upstream proxy-redirect-from proxy-redirect-to proxy-ssl-ciphers proxy-ssl-secret rewrite-target
            session-cookie-domain session-cookie-expires session-cookie-max-age session-cookie-name session-cookie-path temporal-redirect
            x-forwarded-prefix
            """),
    }
        .SelectMany(static group => group.Names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), static (group, name) => (Name: name, group.Level))
        .ToFrozenDictionary(static pair => pair.Name, static pair => pair.Level, StringComparer.Ordinal);

    public static NginxRiskLevel Of(string name) => s_all.GetValueOrDefault(name);
}

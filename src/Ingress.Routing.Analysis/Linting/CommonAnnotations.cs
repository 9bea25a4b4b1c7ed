using System.Collections.Immutable;

namespace Ingress.Routing.Linting;

/// <summary>Annotations that other controllers and tools read from an Ingress. Of their names only misspelt ones are reported.</summary>
internal static class CommonAnnotations
{
    public const string CertManagerPrefix = "cert-manager.io";
    public const string TraefikPrefix = "traefik.ingress.kubernetes.io";

    public static readonly ImmutableArray<AnnotationVocabulary> All =
    [
        Of(CertManagerPrefix, """
            issuer cluster-issuer issuer-kind issuer-group common-name email-sans ip-sans uri-sans alt-names subject-organizations
            subject-organizationalunits subject-countries subject-provinces subject-localities subject-postalcodes subject-streetaddresses
            subject-serialnumber duration renew-before renew-before-percentage usages revision-history-limit private-key-algorithm
            private-key-encoding private-key-size private-key-rotation-policy secret-template issue-temporary-certificate
            """),
        Of("acme.cert-manager.io", "http01-edit-in-place http01-ingress-class http01-ingress-ingressclassname http01-override-ingress-name"),
        Of(TraefikPrefix, """
            router.entrypoints router.middlewares router.priority router.pathmatcher router.rulesyntax router.tls router.tls.certresolver
            router.tls.options router.tls.domains.0.main router.tls.domains.0.sans router.observability.accesslogs
            router.observability.metrics router.observability.tracing
            """),
        Of("alb.ingress.kubernetes.io", """
            load-balancer-name group.name group.order tags ip-address-type scheme subnets security-groups security-group-prefix-lists
            manage-backend-security-group-rules customer-owned-ipv4-pool load-balancer-attributes wafv2-acl-arn wafv2-acl-name waf-acl-id
            shield-advanced-protection listen-ports ssl-redirect inbound-cidrs certificate-arn ssl-policy target-type backend-protocol
            backend-protocol-version target-group-attributes healthcheck-port healthcheck-protocol healthcheck-path
            healthcheck-interval-seconds healthcheck-timeout-seconds healthy-threshold-count unhealthy-threshold-count success-codes
            auth-type auth-idp-cognito auth-idp-oidc auth-on-unauthenticated-request auth-scope auth-session-cookie auth-session-timeout
            target-node-labels mutual-authentication multi-cluster-target-group
            """),
        Of("appgw.ingress.kubernetes.io", """
            backend-path-prefix backend-hostname ssl-redirect appgw-ssl-certificate appgw-ssl-profile appgw-trusted-root-certificate
            connection-draining connection-draining-timeout cookie-based-affinity cookie-based-affinity-distinct-name request-timeout
            use-private-ip override-frontend-port backend-protocol hostname-extension waf-policy-for-path health-probe-hostname
            health-probe-port health-probe-path health-probe-status-codes health-probe-interval health-probe-timeout
            health-probe-unhealthy-threshold rewrite-rule-set rewrite-rule-set-custom-resource rule-priority
            """),
        Of("external-dns.alpha.kubernetes.io", """
            hostname target ttl ingress-hostname-source access alias controller set-identifier cloudflare-proxied aws-weight aws-region
            aws-failover aws-health-check-id aws-geolocation-country-code
            """),
        Of("networking.gke.io", "managed-certificates v1beta1.FrontendConfig"),
        Of("ingress.gcp.kubernetes.io", "pre-shared-cert"),
        Of("konghq.com", """
            plugins override strip-path preserve-host protocols methods https-redirect-status-code regex-priority snis request-buffering
            response-buffering path connect-timeout read-timeout write-timeout retries headers host-aliases rewrite tags
            """),
        Of("nginx.org", """
            websocket-services grpc-services ssl-services rewrites server-snippets location-snippets client-max-body-size
            proxy-connect-timeout proxy-read-timeout proxy-send-timeout proxy-buffering proxy-buffers proxy-buffer-size
            proxy-max-temp-file-size proxy-hide-headers proxy-pass-headers proxy-set-headers redirect-to-https hsts hsts-max-age
            hsts-include-subdomains hsts-behind-proxy lb-method keepalive max-fails max-conns fail-timeout listen-ports listen-ports-ssl
            mergeable-ingress-type path-regex basic-auth-secret basic-auth-realm server-tokens limit-req-rate limit-req-key
            limit-req-zone-size use-cluster-ip ssl-redirect policies
            """),
        Of("haproxy.org", """
            allow-list deny-list whitelist blacklist auth-realm auth-secret auth-type backend-config-snippet check check-http check-interval
            cookie-persistence cors-allow-credentials cors-allow-headers cors-allow-methods cors-allow-origin cors-enable cors-max-age
            forwarded-for ingress.class load-balance path-rewrite pod-maxconn rate-limit-period rate-limit-requests rate-limit-size
            rate-limit-status-code request-capture request-redirect request-redirect-code request-set-header response-set-header
            scale-server-slots send-proxy-protocol server-ca server-crt server-proto server-ssl set-host src-ip-header ssl-passthrough
            ssl-redirect ssl-redirect-code ssl-redirect-port timeout-check timeout-server
            """),
    ];

    private static AnnotationVocabulary Of(string prefix, string names) => new()
    {
        Prefix = prefix,
        Names = [.. names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)],
    };
}

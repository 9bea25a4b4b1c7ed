namespace Ingress.Routing.Linting;

/// <summary>Annotations that no controller of today reads from an Ingress, and why.</summary>
internal static class UnreadAnnotations
{
    /// <summary>The prefix of ingress-nginx before 0.9, which some others read as well.</summary>
    public const string RetiredPrefix = "ingress.kubernetes.io";

    private const string OldPrefix = $"{RetiredPrefix}/";
    private const string OldCertManager = "certmanager.k8s.io/";
    private const string OfServices = "Controllers read such an annotation from a Service, not from an Ingress.";
    private const string OfPods = "Such an annotation belongs to the Pods, not to an Ingress.";

    private static readonly string[] s_ofServices =
    [
        "service.beta.kubernetes.io/", "service.alpha.kubernetes.io/", "service.kubernetes.io/", "metallb.universe.tf/", "metallb.io/",
        "load-balancer.hetzner.cloud/", "traefik.ingress.kubernetes.io/service.", "projectcontour.io/upstream-protocol.",
        "cloud.google.com/neg", "cloud.google.com/backend-config", "beta.cloud.google.com/backend-config", "cloud.google.com/app-protocols",
        "cloud.google.com/load-balancer-type", "networking.gke.io/load-balancer-type", "external-dns.alpha.kubernetes.io/internal-hostname",
    ];

    private static readonly string[] s_ofPods = ["sidecar.istio.io/inject", "linkerd.io/inject", "iam.amazonaws.com/role"];

    // What GKE writes about the load balancer it has made; in a file it is copied along, and harms nothing.
    private static readonly string[] s_statusOfGke =
    [
        "backends", "forwarding-rule", "https-forwarding-rule", "target-proxy", "https-target-proxy", "url-map", "ssl-cert", "static-ip",
        "firewall-rule", "redirect-url-map",
    ];

    // Of Traefik 1, with what has taken the place of each.
    private static readonly Dictionary<string, string> s_traefik1 = new(StringComparer.Ordinal)
    {
        ["rule-type"] = "router.pathmatcher",
        ["frontend-entry-points"] = "router.entrypoints",
        ["priority"] = "router.priority",
        ["redirect-entry-point"] = "",
        ["redirect-permanent"] = "",
        ["redirect-regex"] = "",
        ["redirect-replacement"] = "",
        ["rewrite-target"] = "",
        ["request-modifier"] = "",
        ["app-root"] = "",
        ["whitelist-source-range"] = "",
        ["whitelist-x-forwarded-for"] = "",
        ["whiteList-source-range"] = "",
        ["auth-type"] = "",
        ["auth-secret"] = "",
        ["rate-limit"] = "",
        ["error-pages"] = "",
        ["buffering"] = "",
        ["pass-tls-cert"] = "",
        ["pass-client-tls-cert"] = "",
        ["circuit-breaker-expression"] = "",
        ["ssl-redirect"] = "",
        ["custom-request-headers"] = "",
        ["custom-response-headers"] = "",
        ["preserve-host"] = "service.passhostheader",
        ["affinity"] = "service.sticky.cookie",
        ["session-cookie-name"] = "service.sticky.cookie.name",
        ["load-balancer-method"] = "service.sticky.cookie",
        ["max-conn-amount"] = "",
        ["max-conn-extractor-func"] = "",
        ["service-weights"] = "",
        ["responseforwarding-flushinterval"] = "",
    };

    /// <summary>Says why an annotation is read by nothing; null when that is not known of it.</summary>
    /// <param name="key">The whole name.</param>
    /// <param name="className">The class of its Ingress, or nothing.</param>
    /// <returns>A sentence that is the same for all annotations with the same cause, and what to write instead of this one, if anything.</returns>
    public static (string Reason, string? Instead)? Find(string key, string className)
    {
        if (StartsWithAny(key, s_ofServices))
        {
            return (OfServices, null);
        }

        if (StartsWithAny(key, s_ofPods))
        {
            return (OfPods, null);
        }

        return OfCertManager(key) ?? OfTraefik1(key) ?? OfKong(key) ?? OfOldPrefix(key, className);
    }

    private static (string, string?)? OfCertManager(string key)
    {
        if (!key.StartsWith(OldCertManager, StringComparison.Ordinal))
        {
            return null;
        }

        var name = key[OldCertManager.Length..];
        var instead = name switch
        {
            "issuer" or "cluster-issuer" => $"{CommonAnnotations.CertManagerPrefix}/{name}",
            "acme-http01-edit-in-place" => "acme.cert-manager.io/http01-edit-in-place",
            _ => null,
        };
        return ("cert-manager has not read 'certmanager.k8s.io/' since 0.11 (2019); how a challenge is solved is now said by the issuer.", instead);
    }

    private static (string, string?)? OfTraefik1(string key)
    {
        const string Prefix = $"{CommonAnnotations.TraefikPrefix}/";
        if (key.StartsWith("traefik.", StringComparison.Ordinal) && !key.Contains('/', StringComparison.Ordinal))
        {
            return ("Labels of containers begin like this; from an Ingress Traefik reads 'traefik.ingress.kubernetes.io/'.", null);
        }

        if (!key.StartsWith(Prefix, StringComparison.Ordinal) || !s_traefik1.TryGetValue(key[Prefix.Length..], out var instead))
        {
            return null;
        }

        return ("Traefik 1 read such an annotation, no later version does; most have become a Middleware, which 'router.middlewares' names.",
            instead.Length == 0 ? null
                : instead.StartsWith("service.", StringComparison.Ordinal) ? $"{Prefix}{instead}' on the Service, not '{key}"
                : Prefix + instead);
    }

    private static (string, string?)? OfKong(string key) => key switch
    {
        "plugins.konghq.com" or "plugins.konghq.com/plugins" => ("Kong reads another name now.", "konghq.com/plugins"),
        "configuration.konghq.com" or "configuration.konghq.com/override" => ("Kong reads another name now.", "konghq.com/override"),
        _ => null,
    };

    private static (string, string?)? OfOldPrefix(string key, string className)
    {
        if (!key.StartsWith(OldPrefix, StringComparison.Ordinal) || className.Contains("haproxy", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var name = key[OldPrefix.Length..];
        if (s_statusOfGke.Contains(name)
            || (name == "force-ssl-redirect" && className.Contains("contour", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var instead = name is "ingress.class" or "class" ? "kubernetes.io/ingress.class"
            : IngressNginxAnnotations.Names.Contains(name) ? $"{IngressNginxAnnotations.Prefix}/{name}"
            : IngressNginxAnnotations.Replacements.TryGetValue(name, out var replacement) ? $"{IngressNginxAnnotations.Prefix}/{replacement}"
            : null;
        return ("Of the controllers of today HAProxy Ingress alone reads 'ingress.kubernetes.io/'; ingress-nginx has not since 0.9 (2017).", instead);
    }

    private static bool StartsWithAny(string key, string[] beginnings)
        => beginnings.Any(beginning => beginning[^1] is '/' or '.' ? key.StartsWith(beginning, StringComparison.Ordinal) : key == beginning);
}

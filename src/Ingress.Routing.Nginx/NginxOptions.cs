using System.Net;

namespace Ingress.Routing.Nginx;

/// <summary>The settings of the controller that hold for all Ingresses: there, those of its ConfigMap and its command line.</summary>
/// <remarks>The defaults are those of ingress-nginx. Where an annotation says something else, the annotation counts.</remarks>
public sealed record NginxOptions
{
    /// <summary>The prefix of the annotations, without the slash (<c>--annotations-prefix</c>).</summary>
    public string Prefix { get; set; } = NginxAnnotations.DefaultPrefix;

    /// <summary>
    /// Whether <c>use-regex</c> and <c>rewrite-target</c> make regular expressions of the paths of their own Ingress alone. The default is no:
    /// of all paths of the host, as ingress-nginx does.
    /// </summary>
    public bool Strict { get; set; }

    /// <summary>The largest body of a request in bytes (<c>proxy-body-size</c>); 0 for no limit. The default is 1 MiB.</summary>
    public long ProxyBodySize { get; set; } = 1 << 20;

    /// <summary>Seconds to wait for a connection to a backend (<c>proxy-connect-timeout</c>).</summary>
    public int ProxyConnectTimeout { get; set; } = 5;

    /// <summary>Seconds to wait for a backend to send anything (<c>proxy-read-timeout</c>).</summary>
    public int ProxyReadTimeout { get; set; } = 60;

    /// <summary>Seconds to wait for a backend to take anything (<c>proxy-send-timeout</c>).</summary>
    public int ProxySendTimeout { get; set; } = 60;

    /// <summary>What lets a request go to another endpoint (<c>proxy-next-upstream</c>).</summary>
    public string ProxyNextUpstream { get; set; } = "error timeout";

    /// <summary>How many endpoints a request goes to at most (<c>proxy-next-upstream-tries</c>); 0 for no limit.</summary>
    public int ProxyNextUpstreamTries { get; set; } = 3;

    /// <summary>Seconds in which a request may go to another endpoint (<c>proxy-next-upstream-timeout</c>); 0 for no limit.</summary>
    public int ProxyNextUpstreamTimeout { get; set; }

    /// <summary>Whether responses are gathered before they are passed on (<c>proxy-buffering</c>).</summary>
    public bool ProxyBuffering { get; set; }

    /// <summary>The largest header section of a response in bytes (<c>proxy-buffer-size</c>).</summary>
    public long ProxyBufferSize { get; set; } = 4096;

    /// <summary>Whether bodies are gathered before they are passed on (<c>proxy-request-buffering</c>).</summary>
    public bool ProxyRequestBuffering { get; set; } = true;

    /// <summary>Whether answers over https carry Strict-Transport-Security (<c>hsts</c>).</summary>
    public bool Hsts { get; set; } = true;

    /// <summary>Its age in seconds (<c>hsts-max-age</c>).</summary>
    public long HstsMaxAge { get; set; } = 31536000;

    /// <summary>Whether it holds for names below (<c>hsts-include-subdomains</c>).</summary>
    public bool HstsIncludeSubdomains { get; set; } = true;

    /// <summary>Whether it asks to be preloaded (<c>hsts-preload</c>).</summary>
    public bool HstsPreload { get; set; }

    /// <summary>Whether plain http is redirected where there is a certificate (<c>ssl-redirect</c>).</summary>
    public bool SslRedirect { get; set; } = true;

    /// <summary>Whether plain http is redirected everywhere (<c>force-ssl-redirect</c>).</summary>
    public bool ForceSslRedirect { get; set; }

    /// <summary>The status of redirects to https (<c>http-redirect-code</c>).</summary>
    public int HttpRedirectCode { get; set; } = 308;

    /// <summary>Paths of rules, by their beginnings, that are not redirected to https (<c>no-tls-redirect-locations</c>).</summary>
    public IReadOnlyList<string> NoTlsRedirectLocations { get; set; } = ["/.well-known/acme-challenge"];

    /// <summary>Whether redirects to https name the port (<c>use-port-in-redirects</c>).</summary>
    public bool UsePortInRedirects { get; set; }

    /// <summary>Whether redirects name no scheme and no host (<c>relative-redirects</c>).</summary>
    public bool RelativeRedirects { get; set; }

    /// <summary>The networks whose clients are let in, unless an annotation says which (<c>whitelist-source-range</c>); empty for all.</summary>
    public IReadOnlyList<IPNetwork> AllowlistSourceRange { get; set; } = [];

    /// <summary>The networks whose clients are not let in (<c>denylist-source-range</c>).</summary>
    public IReadOnlyList<IPNetwork> DenylistSourceRange { get; set; } = [];

    /// <summary>The statuses whose pages the default backend gives (<c>custom-http-errors</c>).</summary>
    public IReadOnlyList<int> CustomHttpErrors { get; set; } = [];

    /// <summary>Whether <c>X-Forwarded-For</c> and its like are believed (<c>use-forwarded-headers</c>).</summary>
    public bool UseForwardedHeaders { get; set; }

    /// <summary>Whose are believed then (<c>proxy-real-ip-cidr</c>).</summary>
    public IReadOnlyList<IPNetwork> ProxyRealIpCidr { get; set; } = [new(IPAddress.Any, 0)];

    /// <summary>Whether backends get the whole <c>X-Forwarded-For</c>, and not the client alone (<c>compute-full-forwarded-for</c>).</summary>
    public bool ComputeFullForwardedFor { get; set; }

    /// <summary>The status of requests over a rate (<c>limit-req-status-code</c>).</summary>
    public int LimitRequestStatusCode { get; set; } = 503;

    /// <summary>The status of requests over a limit of connections (<c>limit-conn-status-code</c>).</summary>
    public int LimitConnectionStatusCode { get; set; } = 503;

    /// <summary>Whether snippets are translated (<c>allow-snippet-annotations</c>). The default is no: an Ingress with a snippet is refused.</summary>
    public bool AllowSnippetAnnotations { get; set; }

    /// <summary>
    /// Above which risk an annotation is refused (<c>annotations-risk-level</c>). Null when nothing was said: snippets then need
    /// <see cref="AllowSnippetAnnotations"/> alone, and everything else is below.
    /// </summary>
    public NginxRiskLevel? AnnotationsRiskLevel { get; set; }

    /// <summary>Words that no annotation may hold (<c>annotation-value-word-blocklist</c>).</summary>
    public IReadOnlyList<string> AnnotationValueWordBlocklist { get; set; } = [];

    /// <summary>Whether Secrets and ConfigMaps may be those of other namespaces (<c>allow-cross-namespace-resources</c>).</summary>
    public bool AllowCrossNamespaceResources { get; set; }

    /// <summary>The service that is asked about every request, unless an Ingress says otherwise (<c>global-auth-url</c>); null for none.</summary>
    public string? GlobalAuthUrl { get; set; }

    /// <summary>With which method (<c>global-auth-method</c>).</summary>
    public string? GlobalAuthMethod { get; set; }

    /// <summary>Where clients are sent that it does not let in (<c>global-auth-signin</c>).</summary>
    public string? GlobalAuthSignin { get; set; }

    /// <summary>The parameter with which they come back (<c>global-auth-signin-redirect-param</c>).</summary>
    public string? GlobalAuthSigninRedirectParam { get; set; }

    /// <summary>Which headers of its answers backends get (<c>global-auth-response-headers</c>).</summary>
    public IReadOnlyList<string> GlobalAuthResponseHeaders { get; set; } = [];

    /// <summary>The <c>X-Auth-Request-Redirect</c> that it gets (<c>global-auth-request-redirect</c>).</summary>
    public string? GlobalAuthRequestRedirect { get; set; }

    /// <summary>What its answers are remembered by (<c>global-auth-cache-key</c>).</summary>
    public string? GlobalAuthCacheKey { get; set; }

    /// <summary>For how long (<c>global-auth-cache-duration</c>).</summary>
    public string? GlobalAuthCacheDuration { get; set; }

    /// <summary>Whether its cookies are passed on with every status (<c>global-auth-always-set-cookie</c>).</summary>
    public bool GlobalAuthAlwaysSetCookie { get; set; }

    /// <summary>Paths of rules, by their beginnings, of which no authentication is asked (<c>no-auth-locations</c>).</summary>
    public IReadOnlyList<string> NoAuthLocations { get; set; } = ["/.well-known/acme-challenge"];

    /// <summary>The headers that <c>custom-headers</c> may set (<c>global-allowed-response-headers</c>); null for all but those of framing.</summary>
    public IReadOnlyList<string>? GlobalAllowedResponseHeaders { get; set; }

    /// <summary>Whether Services are used instead of their endpoints (<c>service-upstream</c>).</summary>
    public bool ServiceUpstream { get; set; }

    /// <summary>How requests are shared among endpoints (<c>load-balance</c>).</summary>
    public string LoadBalance { get; set; } = "round_robin";

    /// <summary>The cipher suites of handshakes with clients (<c>ssl-ciphers</c>); null for those of the platform.</summary>
    public string? SslCiphers { get; set; }

    /// <summary>The versions of TLS that clients may speak (<c>ssl-protocols</c>); null for those of the host.</summary>
    public string? SslProtocols { get; set; }
}

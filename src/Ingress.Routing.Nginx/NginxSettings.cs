using System.Collections.Frozen;
using System.Globalization;
using System.Net;

namespace Ingress.Routing.Nginx;

/// <summary>The keys of the ConfigMap that say something here, and how their text is read.</summary>
internal static class NginxSettings
{
    public static FrozenDictionary<string, Func<NginxOptions, string, bool>> All { get; } = new Dictionary<string, Func<NginxOptions, string, bool>>
    {
        ["allow-cross-namespace-resources"] = Switch(static (options, value) => options.AllowCrossNamespaceResources = value),
        ["allow-snippet-annotations"] = Switch(static (options, value) => options.AllowSnippetAnnotations = value),
        ["annotation-value-word-blocklist"] = List(static (options, value) => options.AnnotationValueWordBlocklist = value),
        ["annotations-risk-level"] = RiskLevel,
        ["compute-full-forwarded-for"] = Switch(static (options, value) => options.ComputeFullForwardedFor = value),
        ["custom-http-errors"] = Statuses,
        ["denylist-source-range"] = Networks(static (options, value) => options.DenylistSourceRange = value),
        ["force-ssl-redirect"] = Switch(static (options, value) => options.ForceSslRedirect = value),
        ["global-allowed-response-headers"] = List(static (options, value) => options.GlobalAllowedResponseHeaders = value),
        ["global-auth-always-set-cookie"] = Switch(static (options, value) => options.GlobalAuthAlwaysSetCookie = value),
        ["global-auth-cache-duration"] = Text(static (options, value) => options.GlobalAuthCacheDuration = value),
        ["global-auth-cache-key"] = Text(static (options, value) => options.GlobalAuthCacheKey = value),
        ["global-auth-method"] = Text(static (options, value) => options.GlobalAuthMethod = value),
        ["global-auth-request-redirect"] = Text(static (options, value) => options.GlobalAuthRequestRedirect = value),
        ["global-auth-response-headers"] = List(static (options, value) => options.GlobalAuthResponseHeaders = value),
        ["global-auth-signin"] = Text(static (options, value) => options.GlobalAuthSignin = value),
        ["global-auth-signin-redirect-param"] = Text(static (options, value) => options.GlobalAuthSigninRedirectParam = value),
        ["global-auth-url"] = Text(static (options, value) => options.GlobalAuthUrl = value),
        ["hsts"] = Switch(static (options, value) => options.Hsts = value),
        ["hsts-include-subdomains"] = Switch(static (options, value) => options.HstsIncludeSubdomains = value),
        ["hsts-max-age"] = Number(0, int.MaxValue, static (options, value) => options.HstsMaxAge = value),
        ["hsts-preload"] = Switch(static (options, value) => options.HstsPreload = value),
        ["http-redirect-code"] = Number(301, 308, static (options, value) => options.HttpRedirectCode = value),
        ["limit-conn-status-code"] = Number(400, 599, static (options, value) => options.LimitConnectionStatusCode = value),
        ["limit-req-status-code"] = Number(400, 599, static (options, value) => options.LimitRequestStatusCode = value),
        ["load-balance"] = Text(static (options, value) => options.LoadBalance = value),
        ["no-auth-locations"] = List(static (options, value) => options.NoAuthLocations = value),
        ["no-tls-redirect-locations"] = List(static (options, value) => options.NoTlsRedirectLocations = value),
        ["proxy-body-size"] = Size(static (options, value) => options.ProxyBodySize = value),
        ["proxy-buffer-size"] = Size(static (options, value) => options.ProxyBufferSize = value),
        ["proxy-buffering"] = OnOff(static (options, value) => options.ProxyBuffering = value),
        ["proxy-connect-timeout"] = Number(1, int.MaxValue / 1000, static (options, value) => options.ProxyConnectTimeout = value),
        ["proxy-next-upstream"] = Text(static (options, value) => options.ProxyNextUpstream = value),
        ["proxy-next-upstream-timeout"] = Number(0, int.MaxValue / 1000, static (options, value) => options.ProxyNextUpstreamTimeout = value),
        ["proxy-next-upstream-tries"] = Number(0, int.MaxValue, static (options, value) => options.ProxyNextUpstreamTries = value),
        ["proxy-read-timeout"] = Number(1, int.MaxValue / 1000, static (options, value) => options.ProxyReadTimeout = value),
        ["proxy-real-ip-cidr"] = Networks(static (options, value) => options.ProxyRealIpCidr = value),
        ["proxy-request-buffering"] = OnOff(static (options, value) => options.ProxyRequestBuffering = value),
        ["proxy-send-timeout"] = Number(1, int.MaxValue / 1000, static (options, value) => options.ProxySendTimeout = value),
        ["relative-redirects"] = Switch(static (options, value) => options.RelativeRedirects = value),
        ["service-upstream"] = Switch(static (options, value) => options.ServiceUpstream = value),
        ["ssl-ciphers"] = Text(static (options, value) => options.SslCiphers = value),
        ["ssl-protocols"] = Text(static (options, value) => options.SslProtocols = value),
        ["ssl-redirect"] = Switch(static (options, value) => options.SslRedirect = value),
        ["use-forwarded-headers"] = Switch(static (options, value) => options.UseForwardedHeaders = value),
        ["use-port-in-redirects"] = Switch(static (options, value) => options.UsePortInRedirects = value),
        ["whitelist-source-range"] = Networks(static (options, value) => options.AllowlistSourceRange = value),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static Func<NginxOptions, string, bool> Switch(Action<NginxOptions, bool> set) => (options, text) =>
    {
        var isBoolean = NginxText.TryReadBoolean(text, out bool value);
        if (isBoolean)
        {
            set(options, value);
        }

        return isBoolean;
    };

    private static Func<NginxOptions, string, bool> OnOff(Action<NginxOptions, bool> set) => (options, text) =>
    {
        if (NginxText.TryReadSwitch(text, out var value))
        {
            set(options, value.Value);
        }

        return value is not null;
    };

    private static Func<NginxOptions, string, bool> Number(int from, int to, Action<NginxOptions, int> set) => (options, text) =>
    {
        if (NginxText.TryReadNumber(text, from, to, out var value))
        {
            set(options, value.Value);
        }

        return value is not null;
    };

    private static Func<NginxOptions, string, bool> Size(Action<NginxOptions, long> set) => (options, text) =>
    {
        var isSize = NginxText.TryReadSize(text, out var bytes);
        if (isSize)
        {
            set(options, bytes);
        }

        return isSize;
    };

    private static Func<NginxOptions, string, bool> Text(Action<NginxOptions, string> set) => (options, text) =>
    {
        set(options, text);
        return text.Length > 0 && !NginxText.HasLineBreak(text);
    };

    private static Func<NginxOptions, string, bool> List(Action<NginxOptions, IReadOnlyList<string>> set) => (options, text) =>
    {
        set(options, NginxText.ListOf(text));
        return true;
    };

    private static Func<NginxOptions, string, bool> Networks(Action<NginxOptions, IReadOnlyList<IPNetwork>> set) => (options, text) =>
    {
        var areNetworks = NginxText.TryReadNetworks(text, out var networks);
        set(options, networks);
        return areNetworks || text.Length == 0;
    };

    private static bool RiskLevel(NginxOptions options, string text)
    {
        var isLevel = Enum.TryParse<NginxRiskLevel>(text, ignoreCase: false, out var level) && Enum.IsDefined(level) && !char.IsAsciiDigit(text[0]);
        options.AnnotationsRiskLevel = isLevel ? level : options.AnnotationsRiskLevel;
        return isLevel;
    }

    private static bool Statuses(NginxOptions options, string text)
    {
        var statuses = NginxText.ListOf(text)
            .Select(static item => int.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 0)
            .ToList();
        options.CustomHttpErrors = statuses;
        return statuses.TrueForAll(static status => status is >= 400 and <= 599);
    }
}

using System.Text;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Nginx.Tests;

/// <summary>Passwords and external services in the words of ingress-nginx (section 3.3 of its annotations).</summary>
public sealed class AuthenticationTests
{
    private static readonly SecretResource s_users = new()
    {
        Metadata = Some.Metadata("t/users"),
        Data = new Dictionary<string, ReadOnlyMemory<byte>> { ["auth"] = Encoding.UTF8.GetBytes("ann:{PLAIN}one\nben:{PLAIN}two") },
    };

    private static readonly ConfigMapResource s_headers = new()
    {
        Metadata = Some.Metadata("t/headers"),
        Data = new Dictionary<string, string> { ["X-Team"] = "shop $host" },
    };

    private static RoutePolicies Policies(NginxOptions options, string path, params (string Name, string Text)[] annotations)
    {
        var table = IngressRouteTable.Compile(
            new()
            {
                Ingresses = [Some.Ingress("t/i", [Some.Rule("h.test", Some.Prefix(path))], annotations: NginxScenario.Named(annotations))],
                Secrets = [s_users, s_users with { Metadata = Some.Metadata("u/users") }],
                ConfigMaps = [s_headers],
            },
            new() { AnnotationDialects = [NginxAnnotations.CreateDialect(options)] });
        return table.Match("h.test", path).Route!.Policies;
    }

    private static RoutePolicies Policies(params (string Name, string Text)[] annotations) => Policies(new(), "/a", annotations);

    [Fact]
    public void Basic_HasTheUsersOfTheSecret()
    {
        var policy = Policies(("auth-type", "basic"), ("auth-secret", "users"), ("auth-realm", "Staff")).Find<BasicAuthentication>()!;

        Assert.Equal(("Staff", 2), (policy.Realm, policy.Users.Count));
        Assert.Equal(["/.well-known/acme-challenge"], policy.ExemptPaths.ToArray());
    }

    [Theory]
    [InlineData("t/users", false, false)]
    [InlineData("u/users", false, true)]
    [InlineData("u/users", true, false)]
    [InlineData("missing", true, true)]
    public void Basic_SecretOfAnotherNamespace_NeedsTheController(string secret, bool isAllowed, bool isClosed)
        => Assert.Equal(
            isClosed,
            Policies(new() { AllowCrossNamespaceResources = isAllowed }, "/a", ("auth-type", "basic"), ("auth-secret", secret)).IsClosed);

    // Section 1.2: these leave the paths open there.
    [Theory]
    [InlineData("auth-secret", "users")]
    [InlineData("auth-type", "basic")]
    [InlineData("auth-type", "digest")]
    [InlineData("auth-type", "")]
    [InlineData("auth-realm", "Staff")]
    [InlineData("auth-secret-type", "auth-map")]
    [InlineData("auth-url", "")]
    [InlineData("auth-signin", "https://auth.test/")]
    [InlineData("auth-response-headers", "X-User")]
    [InlineData("auth-cache-key", "$cookie_a")]
    [InlineData("auth-snippet", "proxy_set_header A b;")]
    [InlineData("satisfy", "either")]
    public void Annotation_ThatIsHalfOfSomething_ClosesThePaths(string name, string text) => Assert.True(Policies((name, text)).IsClosed);

    // CVE-2023-5044, CVE-2025-24514, CVE-2026-1580 and their like: text that begins a directive, a header or another URL.
    [Theory]
    [InlineData("auth-url", "http://auth.test/#;}\nproxy_pass http://evil.test;")]
    [InlineData("auth-url", "http://auth.test/;}${evil}")]
    [InlineData("auth-url", "http://auth.test/$document_root")]
    [InlineData("auth-url", "http://$http_x_auth/verify")]
    [InlineData("auth-url", "http://$arg_to/verify")]
    [InlineData("auth-url", "http://auth.test$http_x/verify")]
    [InlineData("auth-url", "auth.test/verify")]
    [InlineData("auth-url", "http:///verify")]
    [InlineData("auth-signin", "https://auth.test/\r\nSet-Cookie: a=b")]
    [InlineData("auth-signin", "https://$http_x/")]
    [InlineData("auth-method", "TRACE\n")]
    [InlineData("auth-method", "FETCH")]
    [InlineData("auth-signin-redirect-param", "rd;")]
    [InlineData("auth-response-headers", "X-User\r\nX-Evil")]
    [InlineData("auth-response-headers", "Content-Length")]
    [InlineData("auth-request-redirect", "$request_body")]
    [InlineData("auth-always-set-cookie", "yes")]
    [InlineData("auth-cache-key", "$secret")]
    [InlineData("auth-cache-duration", "200 soon")]
    [InlineData("auth-proxy-set-headers", "t/missing")]
    [InlineData("auth-proxy-set-headers", "u/headers")]
    public void ExternalAuth_HostileText_ClosesThePaths(string name, string text)
    {
        var annotations = new Dictionary<string, string> { ["auth-url"] = "http://auth.test/verify", ["auth-signin"] = "https://auth.test/" };
        annotations[name] = text;

        Assert.True(Policies([.. annotations.Select(static pair => (pair.Key, pair.Value))]).IsClosed);
    }

    [Fact]
    public void ExternalAuth_HasWhatItsAnnotationsSay()
    {
        var policy = Policies(
            ("auth-url", "https://$host/oauth2/auth?x=$arg_y"),
            ("auth-signin", "https://$http_host/oauth2/start?rd=$escaped_request_uri"),
            ("auth-response-headers", "X-Auth-Request-User, X-Auth-Request-Email"),
            ("auth-request-redirect", "https://$host$request_uri"),
            ("auth-cache-key", "$remote_user_is_unknown".Replace("remote_user_is_unknown", "cookie__oauth2_proxy", StringComparison.Ordinal)),
            ("auth-cache-duration", "200 202 10m, 401 1m"),
            ("auth-proxy-set-headers", "t/headers"),
            ("auth-keepalive", "10")).Find<ExternalAuthentication>()!;

        Assert.Equal("https://${host}/oauth2/auth?x=${query:y}", policy.Url.Text);
        Assert.Equal("https://${header:Host}/oauth2/start?rd=${escaped_target}", policy.SignIn!.Url.Text);
        Assert.Equal(["X-Auth-Request-User", "X-Auth-Request-Email"], policy.ResponseHeaders.ToArray());
        Assert.Equal("https://${host}${path}${query}", policy.RequestRedirect!.Text);
        Assert.Equal("${cookie:_oauth2_proxy}", policy.CacheKey!.Text);
        Assert.Equal("set X-Team: shop ${host}", Assert.Single(policy.RequestHeaders).ToString());
        Assert.Equal((false, "nginx-ingress-controller", "GET"), (policy.VerifiesCertificate, policy.SentFrom, policy.Method));
        Assert.Equal(2, policy.CacheTimes.Length);
    }

    [Theory]
    [InlineData("http://$http_host/verify")]
    [InlineData("http://${http_host}/verify")]
    [InlineData("http://$best_http_host/verify")]
    [InlineData("http://$host/verify")]
    public void ExternalAuth_OfTheHostOfTheRequest_LeavesThePortToNoClient(string url)
        => Assert.Equal("http://${host}/verify", Policies(("auth-url", url)).Find<ExternalAuthentication>()?.Url.Text);

    [Fact]
    public void GlobalAuth_IsForEveryIngressThatDoesNotSayOtherwise()
    {
        var options = new NginxOptions { GlobalAuthUrl = "http://global.test/", GlobalAuthResponseHeaders = ["X-User"], GlobalAuthSignin = "https://login.test/" };

        Assert.Equal("http://global.test/", UrlOf());
        Assert.Equal("http://global.test/", UrlOf(("proxy-body-size", "1m")));
        Assert.Equal("http://own.test/", UrlOf(("auth-url", "http://own.test/")));
        Assert.Null(UrlOf(("enable-global-auth", "false")));
        Assert.Equal("http://global.test/", UrlOf(("enable-global-auth", "no"))); // not understood there either
        Assert.True(Policies(options with { GlobalAuthUrl = "nonsense" }, "/a").IsClosed);
        Assert.NotNull(Policies(options, "/a").Find<ExternalAuthentication>()!.SignIn);
        Assert.Null(Policies(options, "/a", ("auth-url", "http://own.test/")).Find<ExternalAuthentication>()!.SignIn);

        string? UrlOf(params (string, string)[] annotations) => Policies(options, "/a", annotations).Find<ExternalAuthentication>()?.Url.Text;
    }

    [Fact]
    public void Satisfy_Any_IsOnePolicyOverBoth()
        => Assert.Equal(
            2,
            Policies(("satisfy", "any"), ("auth-type", "basic"), ("auth-secret", "users"), ("auth-url", "http://auth.test/")).Find<AnyAccess>()!.Policies.Length);

    [Theory]
    [InlineData("$host/$http_x_a", "${host}/${header:x-a}")]
    [InlineData("${request_method}x", "${method}x")]
    [InlineData("$cookie_a-$arg_b", "${cookie:a}-${query:b}")]
    [InlineData("plain", "plain")]
    [InlineData("$", null)]
    [InlineData("$$", null)]
    [InlineData("${host", null)]
    [InlineData("$env", null)]
    [InlineData("$http_", null)]
    [InlineData("$1", "${1}")]
    public void Variables_AreAClosedSet(string text, string? expected)
        => Assert.Equal(expected, NginxVariables.TryTranslate(text, out var template) ? template : null);

    [Fact]
    public void Captures_WithoutAPattern_AreRefused() => Assert.False(NginxVariables.TryRead("$1", out _));
}

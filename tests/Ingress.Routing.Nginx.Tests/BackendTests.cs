using System.Net.Security;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Nginx.Tests;

/// <summary>What the annotations about backends come to. What these policies do is tested where they are carried out.</summary>
public sealed class BackendTests
{
    [Theory]
    [InlineData("HTTP", BackendProtocolKind.Http)]
    [InlineData("https", BackendProtocolKind.Https)]
    [InlineData("Auto_Http", BackendProtocolKind.Auto)]
    [InlineData("GRPC", BackendProtocolKind.Grpc)]
    [InlineData("grpcs", BackendProtocolKind.Grpcs)]
    public void Protocol_AnyCase_IsRead(string text, BackendProtocolKind kind)
        => Assert.Equal(kind, NginxScenario.Of(("backend-protocol", text)).Policies.Find<BackendProtocol>()!.Kind);

    [Theory]
    [InlineData("HTPS")]
    [InlineData("AJP")]
    [InlineData("")]
    public void Protocol_Unknown_IsReported_AndHttpHolds(string text)
    {
        var scenario = NginxScenario.Of(("backend-protocol", text));

        Assert.False(scenario.Policies.IsClosed);
        Assert.Null(scenario.Policies.Find<BackendProtocol>());
        Assert.Contains("backend-protocol", Assert.Single(scenario.Findings).Field, StringComparison.Ordinal);
    }

    [Fact]
    public void Protocol_FastCgi_ClosesTheRoutes_AndSaysWhatToDo()
    {
        var scenario = NginxScenario.Of(("backend-protocol", "FCGI"));

        Assert.True(scenario.Policies.IsClosed);
        Assert.Contains("FastCGI", Assert.Single(scenario.Findings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTPS", true)]
    [InlineData("GRPCS", true)]
    [InlineData("AUTO_HTTP", true)]
    [InlineData("HTTP", false)]
    [InlineData("GRPC", false)]
    public void Tls_WithoutSecret_IsNotVerified(string protocol, bool speaksTls)
        => Assert.Equal(speaksTls ? false : null, NginxScenario.Of(("backend-protocol", protocol)).Policies.Find<BackendTls>()?.Verifies);

    [Fact]
    public void Tls_VerifyWithoutSecret_IsIgnored_AndReported()
    {
        var scenario = NginxScenario.Of(("backend-protocol", "HTTPS"), ("proxy-ssl-verify", "on"));

        Assert.False(scenario.Policies.Find<BackendTls>()!.Verifies);
        Assert.Contains("is not verified", Assert.Single(scenario.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tls_WithSecret_IsAllThatItSays()
    {
        var certificate = TestCertificates.Secret("t/trust", "gateway.test");
        var scenario = Under(
            certificate with { AuthoritiesPem = certificate.CertificatePem },
            ("backend-protocol", "HTTPS"),
            ("proxy-ssl-secret", "t/trust"),
            ("proxy-ssl-verify", "on"),
            ("proxy-ssl-verify-depth", "2"),
            ("proxy-ssl-name", "pod.internal"),
            ("proxy-ssl-server-name", "on"),
            ("proxy-ssl-protocols", "TLSv1.2 TLSv1.3"),
            ("proxy-ssl-ciphers", "ECDHE-RSA-AES128-GCM-SHA256:TLS_AES_128_GCM_SHA256"));

        var tls = scenario.Policies.Find<BackendTls>()!;
        Assert.Empty(scenario.Findings);
        Assert.Equal((true, 2, "pod.internal", true), (tls.Verifies, tls.MaxIntermediates, tls.ServerName, tls.SendsServerName));
        Assert.Equal<TlsVersion>([TlsVersion.Tls12, TlsVersion.Tls13], [.. tls.Versions]);
        Assert.Equal<TlsCipherSuite>([TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TlsCipherSuite.TLS_AES_128_GCM_SHA256], [.. tls.CipherSuites]);
        Assert.Equal((certificate.CertificatePem, certificate.CertificatePem), (tls.AuthoritiesPem, tls.Credentials!.CertificatePem));
        Assert.DoesNotContain("PRIVATE", $"{tls} {tls.Credentials} {scenario.Policies}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trust")]
    [InlineData("other/trust")]
    [InlineData("t/missing")]
    [InlineData("")]
    public void Tls_SecretThatCannotBeUsed_ClosesTheRoutes(string reference)
        => Assert.True(Under(TestCertificates.Secret("t/trust", "gateway.test"), ("proxy-ssl-secret", reference)).Policies.IsClosed);

    [Fact]
    public void Tls_SecretWithGarbage_ClosesTheRoutes_AndShowsNothingOfIt()
    {
        var scenario = Under(
            new() { Metadata = new() { Namespace = "t", Name = "trust" }, AuthoritiesPem = "s3cret" }, ("proxy-ssl-secret", "t/trust"), ("proxy-ssl-verify", "on"));

        Assert.True(scenario.Policies.IsClosed);
        Assert.DoesNotContain("s3cret", Assert.Single(scenario.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryIngress_HasTheDefaultsOfTheController()
    {
        var policies = NginxScenario.Of().Policies;

        Assert.Equal(
            new BackendTimeouts { Connect = TimeSpan.FromSeconds(5), Send = TimeSpan.FromSeconds(60), Read = TimeSpan.FromSeconds(60) }, policies.Find<BackendTimeouts>());
        Assert.Equal(new Retries { Conditions = RetryConditions.Error | RetryConditions.Timeout, MaxTries = 3 }, policies.Find<Retries>());
        Assert.Equal(new LoadBalancing { Algorithm = LoadBalancingAlgorithm.RoundRobin }, policies.Find<LoadBalancing>());
        Assert.NotNull(policies.Find<ForwardedHeaders>());
    }

    [Fact]
    public void EveryIngress_HasTheSettingsOfTheController()
    {
        var policies = NginxScenario.Under(
            new() { ProxyReadTimeout = 7, ProxyNextUpstream = "off", ProxyNextUpstreamTries = 1, LoadBalance = "ewma", ServiceUpstream = true }).Policies;

        Assert.Equal(TimeSpan.FromSeconds(7), policies.Find<BackendTimeouts>()!.Read);
        Assert.Equal(RetryConditions.None, policies.Find<Retries>()!.Conditions);
        Assert.Equal(new LoadBalancing { Algorithm = LoadBalancingAlgorithm.PeakEwma, UsesServiceAddress = true }, policies.Find<LoadBalancing>());
    }

    [Theory]
    [InlineData("3600", 3600, 0)]
    [InlineData("20m", 60, 1)]
    [InlineData("0", 60, 1)]
    [InlineData("-1", 60, 1)]
    [InlineData("1.5", 60, 1)]
    [InlineData("999999999", 2073600, 0)]
    public void ReadTimeout_IsWholeSeconds_OrReportedAndTheDefault(string text, int seconds, int findings)
    {
        var scenario = NginxScenario.Of(("proxy-read-timeout", text));

        Assert.Equal(TimeSpan.FromSeconds(seconds), scenario.Policies.Find<BackendTimeouts>()!.Read);
        Assert.Equal(findings, scenario.Findings.Count);
    }

    [Theory]
    [InlineData("error http_502 non_idempotent", RetryConditions.Error | RetryConditions.Status502 | RetryConditions.NonIdempotent)]
    [InlineData("error timeout invalid_header http_500 http_502 http_503 http_504 http_403 http_404 http_429", (RetryConditions)0x3FF)]
    [InlineData("off", RetryConditions.None)]
    [InlineData("error, timeout", RetryConditions.Error | RetryConditions.Timeout)]
    [InlineData("http_418", RetryConditions.Error | RetryConditions.Timeout)]
    public void NextUpstream_IsItsWords_OrTheDefault(string text, RetryConditions expected)
        => Assert.Equal(expected, NginxScenario.Of(("proxy-next-upstream", text)).Policies.Find<Retries>()!.Conditions);

    [Theory]
    [InlineData("$request_uri", "${path}${query}", 1, 0)]
    [InlineData("${request_uri}-text", "${path}${query}-text", 1, 0)]
    [InlineData("$http_x_tenant$cookie_user$arg_id", "${header:x-tenant}${cookie:user}${query:id}", 1, 0)]
    [InlineData("$binary_remote_addr", "${client_address}", 1, 0)]
    [InlineData("$hostname", null, 1, 1)]
    [InlineData("$request_uri;", null, 1, 1)]
    public void HashBy_IsATemplate_OrReported(string text, string? template, int subset, int findings)
    {
        var scenario = NginxScenario.Of(("upstream-hash-by", text));

        var balancing = scenario.Policies.Find<LoadBalancing>()!;
        Assert.Equal((template, subset, findings), (balancing.HashBy?.Text, balancing.HashSubset, scenario.Findings.Count));
    }

    [Theory]
    [InlineData("true", null, 3)]
    [InlineData("true", "5", 5)]
    [InlineData("false", "5", 1)]
    public void HashSubset_IsOfItsSize(string isOn, string? size, int expected)
    {
        (string, string)[] annotations = [("upstream-hash-by", "$request_uri"), ("upstream-hash-by-subset", isOn), .. size is null ? Array.Empty<(string, string)>() : [("upstream-hash-by-subset-size", size)]];

        Assert.Equal(expected, NginxScenario.Of(annotations).Policies.Find<LoadBalancing>()!.HashSubset);
    }

    [Fact]
    public void Affinity_IsAllThatItSays()
    {
        var scenario = NginxScenario.Of(
            ("affinity", "cookie"), ("affinity-mode", "persistent"), ("session-cookie-name", "route"), ("session-cookie-path", "/x"), ("session-cookie-domain", "h.test"),
            ("session-cookie-samesite", "lax"), ("session-cookie-conditional-samesite-none", "true"), ("session-cookie-secure", "1"), ("session-cookie-expires", "172800"),
            ("session-cookie-max-age", "-1"), ("session-cookie-change-on-failure", "t"));

        Assert.Empty(scenario.Findings);
        Assert.Equal(
            new SessionAffinity
            {
                CookieName = "route",
                IsPersistent = true,
                Path = "/x",
                Domain = "h.test",
                SameSite = "Lax",
                OmitsNoneForOldBrowsers = true,
                IsSecure = true,
                Expires = TimeSpan.FromDays(2),
                MaxAge = TimeSpan.FromSeconds(-1),
                MovesOnFailure = true,
            },
            scenario.Policies.Find<SessionAffinity>());
    }

    [Theory]
    [InlineData("legacy", true)]
    [InlineData("sticky", false)]
    public void AffinityBehavior_IsReadFromTheCanary_AndFromNothingElse(string text, bool ignores)
    {
        var scenario = NginxScenario.For(
            new(),
            Some.Ingress("t/a-main", [Some.Rule("h.test", Some.Prefix("/a"))], annotations: NginxScenario.Named(("affinity", "cookie"), ("affinity-canary-behavior", "legacy"))),
            Some.Ingress(
                "t/b-canary",
                [Some.Rule("h.test", Some.Prefix("/a") with { Backend = Some.Backend("next") })],
                annotations: NginxScenario.Named(("canary", "true"), ("canary-weight", "5"), ("affinity-canary-behavior", text))));

        Assert.Equal(ignores, scenario.Table.Match("h.test", "/a").Route!.Split!.Canary!.Rule.IgnoresAffinity);
    }

    [Fact]
    public void Affinity_WithoutTheSwitch_IsNone_AndReported()
    {
        var scenario = NginxScenario.Of(("session-cookie-name", "route"));

        Assert.Null(scenario.Policies.Find<SessionAffinity>());
        Assert.Single(scenario.Findings);
    }

    [Theory]
    [InlineData("affinity", "ip")]
    [InlineData("session-cookie-name", "a b")]
    [InlineData("session-cookie-path", "/a;Secure")]
    [InlineData("session-cookie-domain", "h.test;x")]
    [InlineData("session-cookie-samesite", "Lax;x")]
    [InlineData("session-cookie-max-age", "1h")]
    public void Affinity_WrongText_IsReported_AndNothingOfItReachesTheCookie(string name, string text)
    {
        var scenario = NginxScenario.Of(name == "affinity" ? [(name, text)] : [("affinity", "cookie"), (name, text)]);

        Assert.Equal(name == "affinity" ? null : new SessionAffinity(), scenario.Policies.Find<SessionAffinity>());
        Assert.Single(scenario.Findings);
    }

    [Theory]
    [InlineData("proxy-cookie-domain", "internal.test shop.test", "cookie domain internal.test -> shop.test")]
    [InlineData("proxy-cookie-domain", "off", null)]
    [InlineData("proxy-cookie-path", "/internal/ /", "cookie path /internal/ -> /")]
    public void CookieEdits_AreFromAndTo(string name, string text, string? expected)
        => Assert.Equal(expected, NginxScenario.Of((name, text)).Policies.Find<AddressEdits>()?.Describe());

    [Theory]
    [InlineData("http://internal.test/", "/", "Location http://internal.test/ -> /", 0)]
    [InlineData("http://internal.test/", "off", null, 1)]
    [InlineData("http://internal.test/", null, null, 1)]
    [InlineData(null, "/", null, 1)]
    [InlineData("off", "/", null, 0)]
    [InlineData("default", "off", null, 0)]
    [InlineData("http://internal.test/\r\nX: y", "/", null, 2)]
    public void RedirectEdits_NeedBoth(string? from, string? to, string? expected, int findings)
    {
        var scenario = NginxScenario.Of(
            [.. from is null ? Array.Empty<(string, string)>() : [("proxy-redirect-from", from)], .. to is null ? Array.Empty<(string, string)>() : [("proxy-redirect-to", to)]]);

        Assert.Equal(expected, scenario.Policies.Find<AddressEdits>()?.Describe());
        Assert.Equal(findings, scenario.Findings.Count);
    }

    [Theory]
    [InlineData("16k", 16384, 0)]
    [InlineData("8K", 8192, 0)]
    [InlineData("128k", 131072, 0)]
    [InlineData("4b", 4096, 1)]
    [InlineData("big", 4096, 1)]
    public void BufferSize_BoundsTheHeadersOfResponses(string text, int bytes, int findings)
    {
        var scenario = NginxScenario.Of(("proxy-buffer-size", text));

        Assert.Equal((bytes, findings), (scenario.Policies.Find<ResponseHeaderLimit>()!.Bytes, scenario.Findings.Count));
    }

    [Theory]
    [InlineData("upstream.internal", "upstream.internal")]
    [InlineData("$host.internal:8080", "${host}.internal:8080")]
    [InlineData("${http_x_shard}.internal", "${header:x-shard}.internal")]
    public void VirtualHost_MayHoldVariables(string text, string template)
        => Assert.Equal(template, NginxScenario.Of(("upstream-vhost", text)).Policies.Find<BackendHost>()!.Host.Text);

    [Theory]
    [InlineData("$unknown")]
    [InlineData("a b")]
    [InlineData("a\r\nX-Admin: 1")]
    [InlineData("")]
    public void VirtualHost_WrongText_ClosesTheRoutes(string text) => Assert.True(NginxScenario.Of(("upstream-vhost", text)).Policies.IsClosed);

    [Fact]
    public void Connection_And_Version_AreRead()
        => Assert.Equal(
            new BackendProtocol { ClosesConnections = true, IsHttp10 = true },
            NginxScenario.Of(("connection-proxy-header", "close"), ("proxy-http-version", "1.0")).Policies.Find<BackendProtocol>());

    [Theory]
    [InlineData("X-Frame-Options", "DENY", null, false)]
    [InlineData("X-Price", "5$ or $host", null, false)]
    [InlineData("X-Frame-Options", "DENY", "X-Frame-Options", false)]
    [InlineData("X-Other", "DENY", "X-Frame-Options", true)]
    [InlineData("Transfer-Encoding", "chunked", null, true)]
    [InlineData("Content-Length", "0", "Content-Length", true)]
    [InlineData("X-Bad", "a\nb", null, true)]
    [InlineData("X Bad", "a", null, true)]
    public void CustomHeaders_ThatMayNotBeSet_CloseTheRoutes(string name, string value, string? allowed, bool closes)
    {
        var map = new ConfigMapResource { Metadata = new() { Namespace = "t", Name = "headers" }, Data = new Dictionary<string, string> { [name] = value } };
        var table = IngressRouteTable.Compile(
            new()
            {
                Ingresses = [Some.Ingress("t/i", [Some.Rule("h.test", Some.Prefix("/a"))], annotations: NginxScenario.Named(("custom-headers", "t/headers")))],
                ConfigMaps = [map],
            },
            new() { AnnotationDialects = [NginxAnnotations.CreateDialect(new() { GlobalAllowedResponseHeaders = allowed is null ? null : [allowed] })] });

        var policies = table.Match("h.test", "/a").Route!.Policies;
        Assert.Equal(closes, policies.IsClosed);
        if (!closes)
        {
            var match = table.Match("h.test", "/a");
            Assert.Equal(value, Assert.Single(policies.Find<CustomResponseHeaders>()!.Edits).ValueFor(new PolicyRequest(match, "h.test")));
        }
    }

    [Fact]
    public void CustomHeaders_WithoutTheirConfigMap_CloseTheRoutes() => Assert.True(NginxScenario.Of(("custom-headers", "t/headers")).Policies.IsClosed);

    private static NginxScenario Under(SecretResource secret, params (string Name, string Text)[] annotations)
        => NginxScenario.With(
            [secret], Some.Ingress("t/i", [Some.Rule("h.test", Some.Prefix("/a"))], Some.Backend("web"), annotations: NginxScenario.Named(annotations)));
}

using System.Text;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Policies;

/// <summary>What annotations of ours about passwords and external services come to.</summary>
public sealed class AuthenticationTests
{
    private static readonly SecretResource s_users = new()
    {
        Metadata = Some.Metadata("t/users"),
        Data = new Dictionary<string, ReadOnlyMemory<byte>> { ["auth"] = Encoding.UTF8.GetBytes("ann:{PLAIN}one\nben:{PLAIN}two\nbad:three") },
    };

    private static readonly ConfigMapResource s_headers = new()
    {
        Metadata = Some.Metadata("t/headers"),
        Data = new Dictionary<string, string> { ["X-Team"] = "shop ${host}" },
    };

    private static IngressRouteTable Table(params (string Name, string Text)[] annotations) => IngressRouteTable.Compile(new()
    {
        Ingresses =
        [
            Some.Ingress(
                "t/i",
                [Some.Rule("h.test", Some.Prefix("/a"))],
                annotations: annotations.ToDictionary(static pair => "ingress.routing/" + pair.Name, static pair => pair.Text)),
        ],
        Secrets = [s_users, s_users with { Metadata = Some.Metadata("u/users") }],
        ConfigMaps = [s_headers],
    });

    private static RoutePolicies PoliciesOf(IngressRouteTable table) => table.Match("h.test", "/a").Route!.Policies;

    private static List<string> FindingsOf(IngressRouteTable table)
        => [.. table.Diagnostics.Where(static item => item.Field.StartsWith("metadata.annotations", StringComparison.Ordinal)).Select(static item => $"{item.Id} {item.Severity}")];

    [Fact]
    public void BasicAuth_HasTheUsersOfTheSecret_AndNamesTheBrokenOnes()
    {
        var table = Table(("basic-auth-secret", "users"), ("basic-auth-realm", "Staff only"));

        Assert.Equal("let in 2 users by password, realm 'Staff only', else 401", PoliciesOf(table).ToString());
        var finding = Assert.Single(table.Diagnostics, static item => item.Id == IngressDiagnosticIds.InvalidAnnotation);
        Assert.Equal("Line 3 of its file is no hash that is known here. That user cannot log in.", finding.Message);
        Assert.DoesNotContain("three", finding.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("basic-auth-secret", "missing")]
    [InlineData("basic-auth-secret", "u/users")]
    [InlineData("basic-auth-secret", "")]
    [InlineData("basic-auth-realm", "Staff")]
    [InlineData("basic-auth-format", "map")]
    [InlineData("basic-auth-secrets", "users")]
    [InlineData("external-auth-url", "")]
    [InlineData("external-auth-url", "auth.test/verify")]
    [InlineData("external-auth-url", "ftp://auth.test/verify")]
    [InlineData("external-auth-url", "http://${header:X-Auth}/verify")]
    [InlineData("external-auth-url", "http://user@auth.test/")]
    [InlineData("external-auth-url", "http://${header:Host}/verify")] // the client would choose the port
    [InlineData("external-auth-url", "http://auth.test/${nothing}")]
    [InlineData("external-auth-signin", "https://auth.test/")]
    [InlineData("external-auth-method", "GET")]
    [InlineData("satisfy", "one")]
    public void Annotation_ThatProtectsAndCannotBeUsed_ClosesThePaths(string name, string text)
    {
        var table = Table((name, text));

        Assert.True(PoliciesOf(table).IsClosed);
        Assert.Contains(FindingsOf(table), static finding => finding.EndsWith("Error", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("basic-auth-realm", "a\"b")]
    [InlineData("basic-auth-realm", "a\r\nX: y")]
    [InlineData("basic-auth-format", "files")]
    public void BasicAuth_WithAWrongText_IsClosed(string name, string text)
        => Assert.True(PoliciesOf(Table(("basic-auth-secret", "users"), (name, text))).IsClosed);

    // CVE classes of auth-url: text that would begin a header, a directive or another URL.
    [Theory]
    [InlineData("external-auth-url", "http://auth.test/\r\nX-Evil: 1")]
    [InlineData("external-auth-url", "http://auth.test/ x")]
    [InlineData("external-auth-url", "http://auth.test\\@evil.test/")]
    [InlineData("external-auth-url", "http://auth.test/#;}")]
    [InlineData("external-auth-signin", "javascript:alert(1)")]
    [InlineData("external-auth-signin", "https://auth.test/\nSet-Cookie: a=b")]
    [InlineData("external-auth-signin-parameter", "rd=1&x")]
    [InlineData("external-auth-response-headers", "X-User, X-A\r\nX-B")]
    [InlineData("external-auth-response-headers", "Transfer-Encoding")]
    [InlineData("external-auth-response-headers", "Host")]
    [InlineData("external-auth-request-headers", "missing")]
    [InlineData("external-auth-request-redirect", "a\nb")]
    [InlineData("external-auth-cache-key", "${secret}")]
    [InlineData("external-auth-cache-duration", "200 soon")]
    [InlineData("external-auth-timeout", "0")]
    [InlineData("external-auth-method", "get")]
    public void ExternalAuth_WithAHostileText_IsClosed(string name, string text)
    {
        var all = new Dictionary<string, string> { ["external-auth-url"] = "http://auth.test/verify", ["external-auth-signin"] = "https://auth.test/start" };
        all[name] = text;

        var isHarmless = text.Contains('#', StringComparison.Ordinal); // a fragment is never sent
        Assert.Equal(!isHarmless, PoliciesOf(Table([.. all.Select(static pair => (pair.Key, pair.Value))])).IsClosed);
    }

    [Fact]
    public void ExternalAuth_HasWhatItsAnnotationsSay()
    {
        var table = Table(
            ("external-auth-url", "http://auth.test/verify?host=${host}"),
            ("external-auth-method", "HEAD"),
            ("external-auth-signin", "https://${host}/start"),
            ("external-auth-response-headers", "X-User, X-Group"),
            ("external-auth-request-headers", "headers"),
            ("external-auth-cache-key", "${cookie:session}"),
            ("external-auth-cache-duration", "200 1m, 401 5s"),
            ("external-auth-timeout", "5"));

        Assert.Empty(FindingsOf(table));
        var policy = PoliciesOf(table).Find<ExternalAuthentication>()!;
        Assert.Equal(
            "ask HEAD http://auth.test/verify?host=${host}, 401 leads to https://${host}/start, the backend gets X-User, X-Group, remembered by '${cookie:session}'",
            policy.Describe());
        Assert.Equal("set X-Team: shop ${host}", Assert.Single(policy.RequestHeaders).ToString());
        Assert.Equal(TimeSpan.FromSeconds(5), policy.Timeout);
        Assert.Equal([new CacheTime([200], TimeSpan.FromMinutes(1)), new CacheTime([401], TimeSpan.FromSeconds(5))], policy.CacheTimes.ToArray());
    }

    [Fact]
    public void Satisfy_Any_MakesOnePolicyOfTheAccessPolicies()
    {
        var any = PoliciesOf(Table(("satisfy", "any"), ("allow-addresses", "10.0.0.0/8"), ("basic-auth-secret", "users"), ("external-auth-url", "http://auth.test/"), ("strip-prefix", "true")));

        Assert.Equal(
            [typeof(AddressList), typeof(BasicAuthentication), typeof(ExternalAuthentication)],
            any.Find<AnyAccess>()!.Policies.Select(static policy => policy.GetType()));
        Assert.Null(any.Find<AddressList>());
        Assert.NotNull(any.FindAccess<AddressList>());
        Assert.NotNull(any.Find<PathRewrite>());
    }

    [Theory]
    [InlineData("all")]
    [InlineData("any")]
    public void Satisfy_WithOnePolicy_ChangesNothing(string text)
        => Assert.NotNull(PoliciesOf(Table(("satisfy", text), ("basic-auth-secret", "users"))).Find<BasicAuthentication>());

    [Fact]
    public void Satisfy_AnyWithAWrongText_StaysClosed()
        => Assert.True(PoliciesOf(Table(("satisfy", "any"), ("allow-addresses", "nonsense"), ("basic-auth-secret", "users"))).IsClosed);

    [Theory]
    [InlineData("200 202 401 5m", "200+202+401=300")]
    [InlineData("any 10s", "=10")]
    [InlineData("1h30m", "200+301+302=5400")]
    [InlineData("200 5, 401 500ms", "200=5 401=0.5")]
    [InlineData("", null)]
    [InlineData("200", "200+301+302=200")]
    [InlineData("2000 5m", null)]
    [InlineData("200 5y", null)]
    [InlineData("200 5m,", null)]
    [InlineData("200 99999999999999999999s", null)]
    public void CacheTime_IsReadAsNginxDoes(string text, string? expected)
    {
        var isTime = CacheTime.TryParse(text, out var times);

        Assert.Equal(expected, isTime ? string.Join(' ', times.Select(time => FormattableString.Invariant($"{string.Join('+', time.Statuses)}={time.Duration.TotalSeconds}"))) : null);
    }

    [Theory]
    [InlineData("http://auth.test", "http://auth.test/")]
    [InlineData("http://auth.test:8080/v?x=1", "http://auth.test:8080/v?x=1")]
    [InlineData("http://${host}/v", "http://h.test/v")]
    [InlineData("https://${host}:8443/v", "https://h.test:8443/v")]
    [InlineData("https://${header:Host}/v", "https://h.test:81/v")]
    [InlineData("http://auth.test/v${path}", "http://auth.test/v/a/b")]
    [InlineData("http://auth.test/v?u=${header:X-A}", "http://auth.test/v?u=1%262%0Ax")]
    [InlineData("http://auth.test/${header:X-B}", null)]
    [InlineData("http://auth.test/v?rd=${escaped_target}", "http://auth.test/v?rd=%2Fa%2Fb%3Fq%3D1")]
    public void Url_WhateverTheRequestBrings_StaysOnItsHostAndPath(string text, string? expected)
    {
        Assert.True(PolicyUrl.TryParse(text, out var url, out var problem), problem);
        var match = IngressRouteTable.Compile(Some.Snapshot(Some.Ingress("t/i", [Some.Rule("h.test", Some.Prefix("/a"))]))).Match("h.test", "/a/b?q=1");
        var request = new PolicyRequest(match, "h.test")
        {
            Headers = new Dictionary<string, string> { ["host"] = "h.test:81", ["x-a"] = "1&2\nx", ["x-b"] = "../admin" },
        };

        Assert.Equal(expected, url.For(request));
    }
}

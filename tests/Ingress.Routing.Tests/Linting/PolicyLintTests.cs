using Ingress.Routing.Diagnostics;
using Ingress.Routing.Linting;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Linting;

/// <summary>Policies that are dead or dangerous.</summary>
public sealed class PolicyLintTests
{
    private const string Prefix = "ingress.routing/";

    [Fact]
    public void Policy_OfAnIngressWithoutPaths_IsDead()
    {
        var bare = Some.Ingress("t/bare", [new() { Host = "h.test" }], annotations: Annotations(("rate-limit", "1/s")));

        Assert.Equal("metadata.annotations", Single(IngressDiagnosticIds.PolicyNeverApplies, bare).Field);
    }

    [Theory]
    [InlineData("/", false)]
    [InlineData("/app", true)]
    public void AppRoot_NeedsAPathThatTakesTheRoot(string path, bool isDead)
        => AssertFound(IngressDiagnosticIds.PolicyNeverApplies, isDead, Of([Some.Rule("h.test", Some.Prefix(path))], ("app-root", "/app")));

    [Fact]
    public void AppRoot_TakenByAnotherIngress_IsDead() => Single(
        IngressDiagnosticIds.PolicyNeverApplies,
        Some.Ingress("t/old", [Some.Rule("h.test", Some.Exact("/"))]),
        Some.Ingress("t/new", [Some.Rule("h.test", Some.Exact("/"), Some.Exact("/b"))], ageSeconds: 1, annotations: Annotations(("app-root", "/b"))));

    [Theory]
    [InlineData("/api", "/old/(.*)", true)]
    [InlineData("/api", "/api/v[0-9]+", false)]
    [InlineData("/api/v1", "/ap.*", false)]
    [InlineData("/api", "^/api", false)]
    [InlineData("/api", "api/(.*)", true)]
    [InlineData("/api", "/a?b?p?i/x", false)]
    [InlineData("/api", "(/x|/api)", false)]
    [InlineData("/api", "(?i)/API", false)]
    [InlineData("/api", ".*/x", false)]
    [InlineData("/", "/apia", false)]
    public void Pattern_ThatNoPathFits_IsDead(string path, string pattern, bool isDead)
    {
        AssertFound(IngressDiagnosticIds.PolicyNeverApplies, isDead, Of([Some.Rule("h.test", Some.Prefix(path))], ("rewrite-pattern", pattern), ("rewrite-target", "/x")));
        AssertFound(IngressDiagnosticIds.PolicyNeverApplies, isDead, Of([Some.Rule("h.test", Some.Prefix(path))], ("redirect-pattern", pattern), ("redirect-target", "/x")));
    }

    [Theory]
    [InlineData("/api", "/api$", false)]
    [InlineData("/api", "/api/", true)]
    public void Pattern_IsComparedWithExactPaths(string path, string pattern, bool isDead)
        => AssertFound(IngressDiagnosticIds.PolicyNeverApplies, isDead, Of([Some.Rule("h.test", Some.Exact(path))], ("rewrite-pattern", pattern), ("rewrite-target", "/x")));

    [Fact]
    public void Pattern_WithADefaultBackend_IsNotDead() => AssertFound(
        IngressDiagnosticIds.PolicyNeverApplies,
        false,
        Some.Ingress("t/i", [], Some.Backend("web"), annotations: Annotations(("rewrite-pattern", "/x"), ("rewrite-target", "/y"))));

    [Theory]
    [InlineData("*", "true", true)]
    [InlineData("https://a.test, *", "true", true)]
    [InlineData("*", "false", false)]
    [InlineData("https://a.test", "true", false)]
    public void Cors_ForAllWithCredentials_IsRefusedByBrowsers(string origins, string credentials, bool isFound)
        => AssertFound(
            IngressDiagnosticIds.CorsForAllWithCredentials, isFound, Of([Some.Rule("h.test", Some.Prefix("/"))], ("cors-origins", origins), ("cors-credentials", credentials)));

    [Theory]
    [InlineData("10.0.0.0/8", "10.1.0.0/16", false)]
    [InlineData("10.0.0.0/8", "192.0.2.0/24", false)]
    [InlineData("10.0.0.0/8", "10.0.0.0/8", true)]
    [InlineData("10.0.0.0/8, 192.0.2.1", "0.0.0.0/0", true)]
    [InlineData("10.0.0.0/8, 2001:db8::/32", "0.0.0.0/0", false)]
    [InlineData("0.0.0.0/0", "192.0.2.1", true)]
    [InlineData("10.0.0.0/8, ::/0", "192.0.2.1", true)]
    [InlineData("10.0.0.0/8, 10.1.0.0/16", "192.0.2.1", true)]
    [InlineData("10.1.0.0/16, 10.0.0.0/8", "192.0.2.1", true)]
    [InlineData("10.0.0.0/16, 10.1.0.0/16", "192.0.2.1", false)]
    [InlineData("10.0.0.0/8", "192.0.2.1, 192.0.2.1", true)]
    public void AddressLists_ThatLetInAllOrNobody_AreFound(string allow, string deny, bool isFound)
        => AssertFound(
            IngressDiagnosticIds.AddressListWithoutEffect, isFound, Of([Some.Rule("h.test", Some.Prefix("/"))], ("allow-addresses", allow), ("deny-addresses", deny)));

    [Theory]
    [InlineData("body-size-limit", "10m", false)]
    [InlineData("access-log", "false", true)]
    public void Buffering_NeedsABound(string name, string text, bool isFound)
        => AssertFound(IngressDiagnosticIds.UnboundedBuffering, isFound, Of([Some.Rule("h.test", Some.Prefix("/"))], ("request-buffering", "true"), (name, text)));

    [Theory]
    [InlineData("http://a.test/", true)]
    [InlineData("https://a.test/", false)]
    public void Mirror_WithoutEncryption_IsFound(string target, bool isFound)
        => AssertFound(IngressDiagnosticIds.UnencryptedMirror, isFound, Of([Some.Rule("h.test", Some.Prefix("/"))], ("mirror-target", target)));

    [Fact]
    public void Redirects_BetweenTwoHosts_AreALoop()
    {
        var findings = Lint(
            Some.Ingress("t/a", [Some.Rule("a.test", Some.Prefix("/"))], annotations: Annotations(("redirect-host", "b.test"))),
            Some.Ingress("t/b", [Some.Rule("b.test", Some.Prefix("/"))], annotations: Annotations(("redirect-host", "a.test"))));

        var loops = findings.Where(finding => finding.Id == IngressDiagnosticIds.RedirectLoop).ToList();
        Assert.Equal(2, loops.Count);
        Assert.Contains("http://a.test/ -> http://b.test/ -> http://a.test/", loops[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Redirects_ToAndFromHttps_AreALoop()
    {
        var finding = Single(
            IngressDiagnosticIds.RedirectLoop, Of([Some.Rule("h.test", Some.Prefix("/"))], ("https-redirect", "true"), ("redirect-scheme", "http")));

        Assert.Contains("http://h.test/ -> https://h.test/ -> http://h.test/", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redirect-target", "/a${path}", true)]
    [InlineData("redirect-target", "/a", false)]
    [InlineData("redirect-target", "/b", false)]
    [InlineData("redirect-target", "https://elsewhere.test/", false)]
    [InlineData("redirect-scheme", "https", false)]
    public void Redirect_IntoItself_IsALoopWhenThePathGrows(string name, string text, bool isLoop)
        => AssertFound(IngressDiagnosticIds.RedirectLoop, isLoop, Of([Some.Rule("h.test", Some.Prefix("/a"))], (name, text)));

    [Fact]
    public void WwwRedirects_BothWays_AreALoop() => AssertFound(
        IngressDiagnosticIds.RedirectLoop,
        true,
        Some.Ingress("t/a", [Some.Rule("h.test", Some.Prefix("/"))], annotations: Annotations(("www-redirect", "to-www"))),
        Some.Ingress("t/b", [Some.Rule("www.h.test", Some.Prefix("/"))], annotations: Annotations(("www-redirect", "from-www"))));

    [Theory]
    [InlineData("to-www", false, "h.test", "www.h.test")]
    [InlineData("from-www", false, "h.test", "www.h.test")]
    [InlineData("to-www", true, "h.test")]
    [InlineData("to-www", false, "www.h.test")]
    [InlineData("from-www", true, "www.h.test")]
    [InlineData("from-www", false, "h.test")]
    [InlineData("to-www", false, "h.test", "*.h.test")]
    public void WwwRedirect_NeedsBothHosts(string direction, bool isFound, params string[] hosts)
        => AssertFound(IngressDiagnosticIds.WwwHostMissing, isFound, Of(hosts.Select(host => Some.Rule(host, Some.Prefix("/"))), ("www-redirect", direction)));

    [Theory]
    [InlineData("header:X-Tenant", true)]
    [InlineData("client", false)]
    public void RateLimit_ByAHeader_IsMentioned(string key, bool isFound) => AssertFound(
        IngressDiagnosticIds.RateLimitKeyOfClients, isFound, Of([Some.Rule("h.test", Some.Prefix("/"))], ("rate-limit", "1/s"), ("rate-limit-key", key)));

    [Theory]
    [InlineData("response-headers-set", "Set-Cookie: a=b", true)]
    [InlineData("response-headers-remove", "set-cookie", true)]
    [InlineData("response-headers-remove", "Content-Security-Policy", true)]
    [InlineData("response-headers-set", "Content-Security-Policy: default-src 'self'", false)]
    [InlineData("response-headers-set", "Content-Encoding: gzip", true)]
    [InlineData("response-headers-set", "Access-Control-Allow-Origin: *\nAccess-Control-Allow-Credentials: true", true)]
    [InlineData("response-headers-set", "Access-Control-Allow-Origin: *", false)]
    [InlineData("request-headers-set", "Authorization: Basic abc", true)]
    [InlineData("request-headers-remove", "Authorization", false)]
    [InlineData("request-headers-set", "X-Team: shop", false)]
    public void HeaderEdit_ThatOpensSomething_IsReported(string name, string text, bool isFound)
        => AssertFound(IngressDiagnosticIds.RiskyHeaderEdit, isFound, Of([Some.Rule("h.test", Some.Prefix("/"))], (name, text)));

    private static IngressResource Of(IEnumerable<IngressRule> rules, params (string Name, string Text)[] annotations)
        => Some.Ingress("t/i", rules, annotations: Annotations(annotations));

    private static Dictionary<string, string> Annotations(params (string Name, string Text)[] annotations)
        => annotations.ToDictionary(pair => Prefix + pair.Name, pair => pair.Text);

    private static void AssertFound(string id, bool isFound, params IngressResource[] ingresses)
        => Assert.Equal(isFound, Lint(ingresses).Any(finding => finding.Id == id));

    private static IngressDiagnostic Single(string id, params IngressResource[] ingresses)
        => Assert.Single(Lint(ingresses), finding => finding.Id == id);

    private static IReadOnlyList<IngressDiagnostic> Lint(params IngressResource[] ingresses)
        => IngressLinter.Lint(IngressRouteTable.Compile(Some.Snapshot(ingresses)));
}

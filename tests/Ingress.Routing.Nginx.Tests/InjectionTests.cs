using Ingress.Routing.Policies;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Nginx.Tests;

/// <summary>Texts of published attacks on the annotations of ingress-nginx. None becomes code, a header of its own, or a path outside its policy.</summary>
public sealed class InjectionTests
{
    // CVE-2021-25742, CVE-2021-25745, CVE-2023-5043, CVE-2023-5044, CVE-2024-7646, CVE-2025-1097, CVE-2025-1098, CVE-2025-24514: text that
    // ends its directive and begins another.
    [Theory]
    [InlineData("permanent-redirect", "https://a.test/;}location /x{proxy_pass http://169.254.169.254/;}")]
    [InlineData("permanent-redirect", "https://a.test/$request_uri")]
    [InlineData("temporal-redirect", "https://a.test/\r\nSet-Cookie: a=b")]
    [InlineData("auth-url", "http://a.test/#;\n}\n}\nssl_engine ../../../proc/self/fd/14;\n#")]
    [InlineData("auth-url", "http://a.test/\r\n\r\nload_module x;")]
    [InlineData("auth-tls-match-cn", "CN=abc #(\n){}\n }}\nssl_engine x;\n#")]
    [InlineData("mirror-target", "http://a.test/\n;}}")]
    [InlineData("configuration-snippet", "}} server { listen 80; root /; }")]
    [InlineData("server-snippet", "set_by_lua $a 'return 1'; content_by_lua_file /etc/passwd;")]
    [InlineData("configuration-snippet", "alias /etc/;")]
    [InlineData("configuration-snippet", "include /etc/nginx/*;")]
    [InlineData("auth-snippet", "deny all;")]
    [InlineData("modsecurity-snippet", "SecRuleEngine Off")]
    public void TextThatCouldBeMore_ReachesNoBackendAndNoHeader(string name, string text)
    {
        var scenario = NginxScenario.Under(new() { AllowSnippetAnnotations = true }, (name, text));

        Assert.NotEmpty(scenario.Findings);
        Assert.True(scenario.Policies.IsClosed || scenario.Policies.All.All(policy => !policy.Describe().Contains(text, StringComparison.Ordinal)));
    }

    // CVE-2025-24513 and CVE-2025-1974: names and paths as parts of configuration. Here they are compared, and nothing else.
    [Theory]
    [InlineData("/a;}location /b{")]
    [InlineData("/a\" { return 200; }")]
    [InlineData("/a#\n}")]
    public void PathOfARule_IsNoConfiguration(string path)
    {
        var table = NginxScenario.For(new(), Some.Ingress("t/i", [Some.Rule("h.test", Some.ImplementationSpecific(path))])).Table;

        Assert.Null(table.Match("h.test", "/b").Route);
    }

    // What protects '/admin' holds for every spelling of it (CVE-2021-29492 and its kind): the path is compared in one form.
    [Theory]
    [InlineData("/admin")]
    [InlineData("//admin")]
    [InlineData("/x/../admin")]
    [InlineData("/%61dmin")]
    [InlineData("/./admin/")]
    [InlineData("/admin/%2e%2e/admin")]
    public void RuleOfASnippet_SeesThePathInOneForm(string target)
    {
        var ingress = Some.Ingress(
            "t/i",
            [Some.Rule("h.test", Some.Prefix("/"))],
            annotations: NginxScenario.Named(("configuration-snippet", "if ($uri ~ ^/admin) { return 403; }")));

        Assert.Equal(403, NginxScenario.For(new() { AllowSnippetAnnotations = true }, ingress).Ask(target).Status);
    }

    [Theory]
    [InlineData("if ($request_uri ~ ^/admin) { return 403; }")]
    [InlineData("rewrite ^/admin /login redirect;")]
    public void RuleOfASnippet_IsNotPassedByAQueryOrCase(string snippet)
    {
        var scenario = NginxScenario.For(
            new() { AllowSnippetAnnotations = true },
            Some.Ingress("t/i", [Some.Rule("h.test", Some.Prefix("/"))], annotations: NginxScenario.Named(("configuration-snippet", snippet))));

        Assert.True(scenario.Ask("/admin?x=/public").Status is 403 or 302);
    }

    [Fact]
    public void Snippet_NeverEndsUpInAPolicyThatWasNotTranslated()
        => Assert.Null(NginxScenario.Of(("configuration-snippet", "return 200;")).Policies.Find<OrderedRules>());
}

using Ingress.Routing.Diagnostics;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx.Tests;

public sealed class SnippetTests
{
    private static readonly NginxOptions s_on = new() { AllowSnippetAnnotations = true };

    [Theory]
    [InlineData("more_set_headers \"X-A: b c\";", "set X-A: b c")]
    [InlineData("more_set_headers 'X-A: $host' 'X-B: 1';", "set X-A: ${host}|set X-B: 1")]
    [InlineData("more_set_headers \"X-A:\";", "remove X-A")]
    [InlineData("more_clear_headers Server X-Powered-By;", "remove Server|remove X-Powered-By")]
    [InlineData("add_header X-A b always;", "add X-A: b")]
    [InlineData("add_header X-A b; proxy_hide_header X-C;", "remove X-C|add X-A: b")]
    [InlineData("set $a b; more_set_headers \"X-A: $a-${a}\";", "set X-A: b-b")]
    public void ResponseHeaders_AreChanged(string snippet, string edits)
    {
        var scenario = On(snippet);

        Assert.Empty(scenario.Findings);
        Assert.Equal(edits, string.Join('|', scenario.Policies.Find<ResponseHeaderEdits>()!.Edits));
    }

    [Fact]
    public void AddHeader_WithoutAlways_IsForSuccessAlone()
    {
        var edits = On("add_header X-A b; add_header X-C d always;").Policies.Find<ResponseHeaderEdits>()!.Edits;

        Assert.Equal([true, false, true, true], new[] { edits[0].IsFor(200), edits[0].IsFor(404), edits[1].IsFor(200), edits[1].IsFor(404) });
    }

    [Theory]
    [InlineData("proxy_set_header X-A $remote_addr;", "set X-A: ${client_address}")]
    [InlineData("proxy_set_header X-A \"\";", "remove X-A")]
    [InlineData("proxy_set_header Accept-Encoding \"\";", "remove Accept-Encoding")]
    [InlineData("more_set_input_headers 'X-A: b';", "set X-A: b")]
    public void RequestHeaders_AreChanged(string snippet, string edits)
        => Assert.Equal(edits, string.Join('|', On(snippet).Policies.Find<RequestHeaderEdits>()!.Edits));

    // What backends get anyway is often repeated.
    [Theory]
    [InlineData("proxy_set_header Host $host;")]
    [InlineData("proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection \"upgrade\";")]
    [InlineData("proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;")]
    public void RequestHeadersThatAreSentAnyway_ChangeNothing(string snippet)
    {
        var scenario = On(snippet);

        Assert.Empty(scenario.Findings);
        Assert.Null(scenario.Policies.Find<RequestHeaderEdits>());
    }

    [Theory]
    [InlineData("return 403;", "/a", 403, null)]
    [InlineData("return 204;", "/a", 204, null)]
    [InlineData("return 301 https://new.test$request_uri;", "/a?b=c", 301, "https://new.test/a?b=c")]
    [InlineData("return 302 /x;", "/a", 302, "http://h.test/x")]
    [InlineData("return https://new.test/;", "/a", 302, "https://new.test/")]
    [InlineData("rewrite ^/a/(.*)$ /b/$1 redirect;", "/a/x?y=z", 302, "http://h.test/b/x?y=z")]
    [InlineData("rewrite ^/a/(.*)$ https://new.test/$1? permanent;", "/a/x?y=z", 301, "https://new.test/x")]
    [InlineData("rewrite ^/(.*)$ https://new.test/$1;", "/a/x", 302, "https://new.test/a/x")]
    [InlineData("if ($scheme = http) { return 301 https://$host$request_uri; }", "/a?b", 301, "https://h.test/a?b")]
    [InlineData("if ($host = other.test) { return 403; }", "/a", 0, null)]
    [InlineData("if ($host = h.test) { return 403; }", "/a", 403, null)]
    [InlineData("if ($request_method != POST) { return 405; }", "/a", 405, null)]
    [InlineData("if ($http_user_agent ~* \"bot|spider\") { return 403; }", "/a", 403, null)]
    [InlineData("if ($http_user_agent !~ bot) { return 403; }", "/a", 403, null)]
    [InlineData("if ($http_missing) { return 403; }", "/a", 0, null)]
    [InlineData("if ($http_user_agent) { return 403; }", "/a", 403, null)]
    [InlineData("if ($http_missing = \"\") { return 401; }", "/a", 401, null)]
    [InlineData("if ($remote_addr = 192.0.2.1) { return 403; }", "/a", 0, null)]
    [InlineData("if ($request_uri ~ ^/a/(.+)$) { set $id $1; return 302 https://new.test/?id=$id; }", "/a/7", 302, "https://new.test/?id=7")]
    [InlineData("set $t A; if ($request_method = GET) { set $t \"${t}B\"; } if ($t = AB) { return 410; }", "/a", 410, null)]
    [InlineData("if ($arg_debug = 1) { return 403; }", "/a?debug=1", 403, null)]
    [InlineData("break; return 403;", "/a", 0, null)]
    [InlineData("rewrite ^(.*)$ /loop$1 last;", "/a", 500, null)]
    public void Rules_Answer(string snippet, string target, int status, string? location)
    {
        var scenario = On(snippet);
        var outcome = scenario.Ask(target, headers: new() { ["User-Agent"] = "Spider" });

        Assert.DoesNotContain(scenario.Findings, static item => item.Severity != IngressDiagnosticSeverity.Info);
        Assert.Equal((status, location), (outcome.Status, outcome.Location));
    }

    [Theory]
    [InlineData("rewrite ^/a/(.*)$ /b/$1 break;", "/a/x?y=z", "/b/x?y=z")]
    [InlineData("rewrite ^/a/(.*)$ /b/$1 last;", "/a/x", "/b/x")]
    [InlineData("rewrite ^/a/(.*)$ /b?q=$1 break;", "/a/x?y=z", "/b?q=x&y=z")]
    [InlineData("rewrite ^/a/(.*)$ /b/$1? break;", "/a/x?y=z", "/b/x")]
    [InlineData("rewrite ^/a$ /b; rewrite ^/b$ /c break;", "/a", "/c")]
    [InlineData("rewrite ^/a$ /b break; rewrite ^/b$ /c break;", "/a", "/b")]
    [InlineData("rewrite ^/nothing$ /c break;", "/a", null)]
    [InlineData("if ($request_uri ~ ^/a) { rewrite ^/a(.*)$ /z$1 break; }", "/a/x", "/z/x")]
    public void Rewrites_ChangeThePath(string snippet, string target, string? expected)
    {
        var outcome = On(snippet).Ask(target);

        Assert.Equal((0, expected), (outcome.Status, outcome.Target));
    }

    [Theory]
    [InlineData("allow 10.0.0.0/8; deny all;", "let in 10.0.0.0/8, else 403")]
    [InlineData("deny 10.1.0.0/16; allow 10.0.0.0/8; deny all;", "let in 10.0.0.0/8 but 10.1.0.0/16, else 403")]
    [InlineData("deny 192.0.2.1; allow all;", "let in all addresses but 192.0.2.1/32, else 403")]
    [InlineData("deny all;", "let in all addresses but 0.0.0.0/0, ::/0, else 403")]
    public void Addresses_BecomeAList(string snippet, string expected)
        => Assert.Equal(expected, On(snippet).Policies.Find<AddressList>()!.Describe());

    [Fact]
    public void BodySize_GoesBeforeThatOfTheController()
        => Assert.Equal(5 << 20, On("client_max_body_size 5m;").Policies.Find<BodySizeLimit>()!.Bytes);

    [Theory]
    [InlineData("proxy_read_timeout 300;", 5, 60, 300)]
    [InlineData("proxy_connect_timeout 500ms; proxy_send_timeout 2m;", 0.5, 120, 60)]
    public void Timeouts_GoBeforeThoseOfTheController(string snippet, double connect, double send, double read)
    {
        var timeouts = On(snippet).Policies.Find<BackendTimeouts>()!;

        Assert.Equal((connect, send, read), (timeouts.Connect!.Value.TotalSeconds, timeouts.Send!.Value.TotalSeconds, timeouts.Read!.Value.TotalSeconds));
    }

    // What could protect closes the paths, and what cannot is left out; both are named with their line.
    [Theory]
    [InlineData("gzip on;", "Line 1, 'gzip': It is not translated", false)]
    [InlineData("more_set_headers X-A:b;\nsub_filter a b;", "Line 2, 'sub_filter': It is not translated", false)]
    [InlineData("auth_basic \"x\";", "Line 1, 'auth_basic'", true)]
    [InlineData("access_by_lua_block { ngx.exit(403) }", "Line 1, 'access_by_lua_block'", true)]
    [InlineData("some_module_directive on;", "Line 1, 'some_module_directive'", true)]
    [InlineData("proxy_pass http://10.0.0.1/;", "Line 1, 'proxy_pass'", true)]
    [InlineData("allow 10.0.0.0/8; deny 10.1.0.0/16; deny all;", "Line 1, 'deny'", true)]
    [InlineData("deny example.test;", "Line 1, 'deny': 'example.test' is no address", true)]
    [InlineData("if ($upstream_status = 200) { return 403; }", "Line 1, 'if'", true)]
    [InlineData("if (-f $request_filename) { return 403; }", "Line 1, 'if'", true)]
    [InlineData("if ($upstream_status = 200) { add_header X-A b; }", "Line 1, 'if'", false)]
    [InlineData("if ($http_x) { deny all; }", "Line 1, 'if'", true)]
    [InlineData("location /x { deny all; }", "Line 1, 'location'", true)]
    [InlineData("location /x { return 403; }", "Line 1, 'location'", true)]
    [InlineData("location /x { proxy_pass http://a/; add_header X-A b; }", "Line 1, 'location'", false)]
    [InlineData("set $proxy_upstream_name x;", "Line 1, 'set'", false)]
    [InlineData("proxy_set_header Authorization \"Bearer $token\";", "Line 1, 'proxy_set_header'", true)]
    [InlineData("proxy_set_header Content-Length 0;", "Line 1, 'proxy_set_header'", true)]
    [InlineData("more_set_headers -s 404 \"X-A: b\";", "Line 1, 'more_set_headers'", false)]
    [InlineData("more_set_headers \"Transfer-Encoding: x\";", "Line 1, 'more_set_headers'", false)]
    [InlineData("rewrite ^/( /x break;", "Line 1, 'rewrite'", true)]
    [InlineData("return;", "Line 1, 'return'", true)]
    [InlineData("deny all", "It cannot be read: in line 1 'deny' does not end with ';'", true)]
    public void WhatIsNotTranslated_IsNamed(string snippet, string message, bool closes)
    {
        var scenario = On(snippet);

        Assert.Contains(scenario.Findings, item => item.Id == IngressDiagnosticIds.SnippetNotTranslated
            && item.Message.StartsWith(message, StringComparison.Ordinal)
            && (item.Severity == IngressDiagnosticSeverity.Error) == closes);
        Assert.Equal(closes, scenario.Policies.IsClosed);
    }

    [Fact]
    public void Snippets_AreOffUnlessAskedFor()
    {
        var scenario = NginxScenario.Of(("configuration-snippet", "more_set_headers \"X-A: b\";"));

        Assert.True(scenario.Policies.IsClosed);
        Assert.Contains("'allow-snippet-annotations'", Assert.Single(scenario.Findings).Message, StringComparison.Ordinal);
    }

    // nginx-corrections 7: with the highest risk allowed, the snippet is emptied and the Ingress stays.
    [Theory]
    [InlineData("more_set_headers \"X-A: b\";", false)]
    [InlineData("deny all;", true)]
    public void Snippets_ThatAreOffAtTheHighestRisk_AreLeftOutUnlessTheyCouldProtect(string snippet, bool closes)
        => Assert.Equal(closes, NginxScenario.Under(new() { AnnotationsRiskLevel = NginxRiskLevel.Critical }, ("configuration-snippet", snippet)).Policies.IsClosed);

    [Fact]
    public void RiskLevel_ForbidsSnippetsThatAreOn()
        => Assert.True(NginxScenario.Under(s_on with { AnnotationsRiskLevel = NginxRiskLevel.High }, ("configuration-snippet", "gzip on;")).Policies.IsClosed);

    [Fact]
    public void ServerSnippet_GoesFirst()
    {
        var scenario = NginxScenario.Under(s_on, ("configuration-snippet", "return 402;"), ("server-snippet", "if ($request_method = POST) { return 401; }"));

        Assert.Equal((401, 402), (scenario.Ask("/a", method: "POST").Status, scenario.Ask("/a").Status));
    }

    // No text of a request ends a header, begins another host, or leads out of a path.
    [Theory]
    [InlineData("return 301 https://new.test/$http_x;", "a\r\nSet-Cookie: b=c", 400)]
    [InlineData("rewrite ^/a /$http_x break;", "../../etc", 400)]
    [InlineData("rewrite ^/a /$http_x break;", "x#y", 400)]
    [InlineData("rewrite ^/a /$http_x redirect;", "/evil.test", 302)]
    public void TextOfARequest_StaysWhereItWasPut(string snippet, string header, int status)
    {
        var outcome = On(snippet).Ask("/a", headers: new() { ["X"] = header });

        Assert.Equal(status, outcome.Status);
        Assert.True(outcome.Location is null or "http://h.test/evil.test");
    }

    [Fact]
    public void Pattern_ThatTakesTooLong_IsAnsweredWith503()
        => Assert.Equal(
            503,
            On("if ($request_uri ~ \"(?=((x+x+)+)y)\") { return 403; }").Ask("/a/" + new string('x', 60)).Status);

    private static NginxScenario On(string snippet) => NginxScenario.Under(s_on, ("configuration-snippet", snippet));
}

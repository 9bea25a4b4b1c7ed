using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Nginx.Tests;

public sealed class CanaryTests
{
    // Section 3.8: the header goes before the cookie, and both before the weight.
    [Theory]
    [InlineData(new[] { "canary-by-header", "X-C" }, "X-C: always", true)]
    [InlineData(new[] { "canary-by-header", "X-C" }, "X-C: never", false)]
    [InlineData(new[] { "canary-by-header", "X-C" }, "X-C: other", null)]
    [InlineData(new[] { "canary-by-header", "X-C" }, "", null)]
    [InlineData(new[] { "canary-by-header", "X-C", "canary-by-header-value", "yes" }, "X-C: yes", true)]
    [InlineData(new[] { "canary-by-header", "X-C", "canary-by-header-value", "yes" }, "X-C: always", null)]
    [InlineData(new[] { "canary-by-header", "X-C", "canary-by-header-value", "yes" }, "X-C: never", null)]
    [InlineData(new[] { "canary-by-header", "X-C", "canary-by-header-pattern", "a+b" }, "X-C: xaabx", true)]
    [InlineData(new[] { "canary-by-header", "X-C", "canary-by-header-pattern", "a+b" }, "X-C: always", null)]
    [InlineData(new[] { "canary-by-header", "X-C", "canary-by-header-pattern", "^a+$" }, "X-C: xaa", null)]
    [InlineData(new[] { "canary-by-header", "X-C", "canary-by-header-pattern", "a", "canary-by-header-value", "yes" }, "X-C: a", null)]
    [InlineData(new[] { "canary-by-cookie", "c" }, "Cookie: x=1,c=always", true)]
    [InlineData(new[] { "canary-by-cookie", "c" }, "Cookie: c=never", false)]
    [InlineData(new[] { "canary-by-cookie", "c" }, "Cookie: c=other", null)]
    [InlineData(new[] { "canary-by-header", "X-C", "canary-by-cookie", "c" }, "X-C: never; Cookie: c=always", false)]
    [InlineData(new[] { "canary-by-header", "X-C", "canary-by-cookie", "c" }, "X-C: other; Cookie: c=always", true)]
    public void HeaderAndCookie_Decide(string[] annotations, string headers, bool? expected)
    {
        var rule = RuleOf(annotations)!;
        var sent = headers.Split("; ", StringSplitOptions.RemoveEmptyEntries);
        var request = new RouteRequest
        {
            Headers = sent.Select(static header => header.Split(": ")).ToDictionary(static pair => pair[0], static pair => pair[1].Replace(',', ';')),
        };

        Assert.Equal(expected, rule.Decide(request, out _));
    }

    // Section 3.8: a total below 100 acts as 100; what is above the total takes all.
    [Theory]
    [InlineData("30", null, 0.3)]
    [InlineData("30", "50", 0.3)]
    [InlineData("30", "1000", 0.03)]
    [InlineData("500", "200", 1.0)]
    [InlineData("-5", null, 0.0)]
    [InlineData("ten", null, 0.0)]
    public void Weight_IsAPartOfTheTotal(string weight, string? total, double share)
    {
        string[] annotations = ["canary-weight", weight, .. total is null ? [] : new[] { "canary-weight-total", total }];

        Assert.Equal(share, RuleOf(annotations)!.Share, 6);
    }

    [Fact]
    public void CanaryWithoutAMainRule_ServesNothing()
    {
        var table = Tables(Some.Ingress("t/c", [Some.Rule("h.test", Some.Prefix("/a", "canary"))], annotations: NginxScenario.Named(("canary", "true"), ("canary-weight", "100"))));

        Assert.Equal(IngressMatchStatus.NotFound, table.Table.Match("h.test", "/a").Status);
        Assert.Contains(table.Table.Diagnostics, static item => item.Id == IngressDiagnosticIds.CanaryNotServed);
    }

    // Section 1.2: there it is an ordinary Ingress, which is a trap; it is closed here.
    [Theory]
    [InlineData("canary-weight", "100")]
    [InlineData("canary-by-header", "X-C")]
    [InlineData("canary", "yes")]
    public void CanaryAnnotations_WithoutCanaryTrue_ServeNothing(string name, string text)
    {
        var scenario = Tables(Some.Ingress("t/c", [Some.Rule("h.test", Some.Prefix("/a", "canary"))], annotations: NginxScenario.Named((name, text))));

        Assert.Equal(IngressMatchStatus.NotFound, scenario.Table.Match("h.test", "/a").Status);
        Assert.Contains(scenario.Findings, static item => item.Severity == IngressDiagnosticSeverity.Error);
    }

    [Fact]
    public void CanaryFalse_IsAnOrdinaryIngress()
    {
        var scenario = Tables(
            Some.Ingress("t/c", [Some.Rule("h.test", Some.Prefix("/a", "canary"))], annotations: NginxScenario.Named(("canary", "false"), ("canary-weight", "100"))));

        Assert.Equal("canary", scenario.Table.Match("h.test", "/a").Route!.Service!.Name.Name);
    }

    [Fact]
    public void BadPattern_TakesTheHeaderAlong()
    {
        var rule = RuleOf(["canary-by-header", "X-C", "canary-by-header-pattern", "(", "canary-weight", "10"])!;

        Assert.Null(rule.Header);
        Assert.Equal(0.1, rule.Share, 6);
    }

    [Fact]
    public void OtherAnnotationsOfACanary_AreReportedAsWithoutEffect()
    {
        var scenario = Tables(MainIngress(), Canary(["canary-weight", "10", "enable-access-log", "true", "affinity", "cookie"]));

        var finding = Assert.Single(scenario.Findings, static item => item.Message.StartsWith("A canary takes", StringComparison.Ordinal));
        Assert.Equal(IngressDiagnosticSeverity.Info, finding.Severity);
        Assert.EndsWith("Without effect: enable-access-log.", finding.Message, StringComparison.Ordinal);
    }

    private static CanaryRule? RuleOf(string[] annotations)
        => Tables(MainIngress(), Canary(annotations)).Table.Match("h.test", "/a").Route!.Split?.Canary?.Rule;

    private static IngressResource MainIngress() => Some.Ingress("t/main", [Some.Rule("h.test", Some.Prefix("/a", "main"))]);

    private static IngressResource Canary(string[] annotations)
        => Some.Ingress(
            "t/canary",
            [Some.Rule("h.test", Some.Prefix("/a", "canary"))],
            annotations: NginxScenario.Named([("canary", "true"), .. annotations.Chunk(2).Select(static pair => (pair[0], pair[1]))]));

    private static NginxScenario Tables(params IngressResource[] ingresses) => NginxScenario.For(new(), ingresses);
}

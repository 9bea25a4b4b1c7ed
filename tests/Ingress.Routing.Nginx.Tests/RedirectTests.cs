using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Nginx.Tests;

public sealed class RedirectTests
{
    [Theory]
    [InlineData("permanent-redirect", "https://new.test/x", 301, "https://new.test/x")]
    [InlineData("permanent-redirect", "https://new.test/x?a=1", 301, "https://new.test/x?a=1")]
    [InlineData("temporal-redirect", "https://new.test", 302, "https://new.test")]
    [InlineData("permanent-redirect", "new.test/x", 301, "new.test/x")]
    public void Target_IsSentAsItIs(string name, string target, int status, string location)
    {
        var outcome = NginxScenario.Of((name, target)).Ask("/a/b?c=d");

        Assert.Equal((status, location), (outcome.Status, outcome.Location));
    }

    // nginx-corrections 21: made absolute with the host of the request, without its port.
    [Theory]
    [InlineData(null, "https://h.test/x")]
    [InlineData("false", "https://h.test/x")]
    [InlineData("true", "/x")]
    public void PathAsTarget_StaysOnTheHost(string? relative, string location)
    {
        (string, string)[] annotations = [("permanent-redirect", "/x"), .. relative is null ? [] : new[] { ("relative-redirects", relative) }];

        Assert.Equal(location, NginxScenario.Of(annotations).Ask("/a?c=d", "h.test:8080", "https").Location);
    }

    [Fact]
    public void RelativeRedirects_CanBeSetForAll()
        => Assert.Equal("/x", NginxScenario.Under(new() { RelativeRedirects = true }, ("permanent-redirect", "/x")).Ask("/a").Location);

    [Fact]
    public void Temporal_GoesBeforePermanent()
        => Assert.Equal("https://t.test/", NginxScenario.Of(("permanent-redirect", "https://p.test/"), ("temporal-redirect", "https://t.test/")).Ask("/a").Location);

    [Theory]
    [InlineData("permanent", "308", 308, 0)]
    [InlineData("permanent", "303", 303, 0)]
    [InlineData("permanent", "299", 301, 1)]
    [InlineData("permanent", "309", 301, 1)]
    [InlineData("permanent", "moved", 301, 1)]
    [InlineData("permanent", "304", 301, 1)]
    [InlineData("temporal", "307", 307, 0)]
    [InlineData("temporal", "308", 302, 1)]
    public void Code_OutsideItsRange_IsReportedAndTheDefaultHolds(string kind, string code, int status, int findings)
    {
        var scenario = NginxScenario.Of(($"{kind}-redirect", "https://new.test/"), ($"{kind}-redirect-code", code));

        Assert.Equal(status, scenario.Ask("/a").Status);
        Assert.Equal(findings, scenario.Findings.Count);
    }

    [Fact]
    public void TemporalWithoutScheme_LeavesOutAllRedirects()
    {
        var scenario = NginxScenario.Of(("temporal-redirect", "/x"), ("permanent-redirect", "https://p.test/"));

        Assert.Equal(0, scenario.Ask("/a").Status);
        Assert.Equal(IngressDiagnosticSeverity.Error, Assert.Single(scenario.Findings).Severity);
    }

    [Theory]
    [InlineData("https://new.test/$host")]
    [InlineData("https://new.test/;")]
    [InlineData("https://new.test/\nSet-Cookie: a=b")]
    [InlineData("https://new.test/ x")]
    [InlineData("https://new.test/%0d%0a")]
    public void TextThatCouldBeMore_ClosesThePaths(string target)
        => Assert.True(NginxScenario.Of(("permanent-redirect", target)).Policies.IsClosed);

    [Fact]
    public void EmptyTarget_IsReportedAndIgnored()
    {
        var scenario = NginxScenario.Of(("permanent-redirect", ""));

        Assert.Equal(0, scenario.Ask("/a").Status);
        Assert.Single(scenario.Findings);
    }
}

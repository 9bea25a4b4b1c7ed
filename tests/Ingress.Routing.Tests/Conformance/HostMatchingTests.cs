using Ingress.Routing.Tests.Shared;
using static Ingress.Routing.Tests.Shared.RouteTableAnswers;

namespace Ingress.Routing.Tests.Conformance;

/// <summary>Section 3 of the semantics: which host bucket takes a request.</summary>
public sealed class HostMatchingTests
{
    private static readonly IngressRouteTable s_table = TableOf(
        Some.Ingress("exact", [Some.Rule("a.h.test", Some.Prefix("/", "exact"))]),
        Some.Ingress("wildcard", [Some.Rule("*.h.test", Some.Prefix("/", "wildcard"))]),
        Some.Ingress("parent", [Some.Rule("h.test", Some.Prefix("/", "parent"))]),
        Some.Ingress("top", [Some.Rule("*.test", Some.Prefix("/", "top"))]),
        Some.Ingress("punycode", [Some.Rule("xn--caf-dma.test", Some.Prefix("/", "punycode"))]),
        Some.Ingress("digits", [Some.Rule("*.0.2.1", Some.Prefix("/", "digits"))]),
        Some.Ingress("hostless", [Some.Rule(null, Some.Prefix("/", "hostless"))]));

    [Theory]
    [InlineData("a.h.test", "exact")] // 3.2, and exact before wildcard (D5a)
    [InlineData("A.H.TesT", "exact")] // 3.2: case does not count
    [InlineData("b.h.test", "wildcard")] // 3.3: exactly one label
    [InlineData("B.H.TEST", "wildcard")] // 3.15
    [InlineData("h.test", "parent")] // 3.3: not zero labels; exact before *.test
    [InlineData("other.test", "top")]
    [InlineData("a.b.h.test", "hostless")] // 3.3: not two labels
    [InlineData("bh.test", "top")] // 3.3: the dot must be there
    [InlineData("a-h.test", "top")] // 3.4: a dot of the rule is a dot
    [InlineData("ahhxtest", "hostless")]
    [InlineData("test", "hostless")]
    [InlineData("elsewhere.example", "hostless")] // 3.5
    public void Match_Host_SelectsTheMostSpecificBucket(string host, string expected) => Assert.Equal(expected, s_table.Answer(host, "/"));

    [Theory]
    [InlineData("a.h.test:80", "exact")]
    [InlineData("a.h.test:8080", "exact")]
    [InlineData("b.h.test:443", "wildcard")]
    [InlineData("a.h.test:0", "exact")] // 3.13
    [InlineData("a.h.test:99999", "exact")] // 3.13
    [InlineData("elsewhere.example:1", "hostless")]
    public void Match_HostWithPort_IgnoresThePort(string host, string expected) => Assert.Equal(expected, s_table.Answer(host, "/")); // 3.6

    [Theory]
    [InlineData("a.h.test.", "exact")]
    [InlineData("b.h.test.", "wildcard")]
    [InlineData("a.h.test.:8080", "exact")]
    [InlineData("A.H.TEST.:80", "exact")]
    [InlineData("elsewhere.example.", "hostless")]
    public void Match_HostWithTrailingDot_IgnoresOne(string host, string expected)
        => Assert.Equal(expected, s_table.Answer(host, "/")); // D11a

    [Theory]
    [InlineData(".h.test")]
    [InlineData("a..h.test")]
    [InlineData("h.test..")]
    [InlineData("h.test..:80")]
    [InlineData("..")]
    [InlineData(".a.h.test")]
    public void Match_HostWithEmptyLabel_IsBadRequest(string host) => Assert.Equal("400", s_table.Answer(host, "/")); // D11b

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("192.0.2.1")]
    [InlineData("192.0.2.1:8080")]
    [InlineData("[2001:db8::1]")]
    [InlineData("[2001:db8::1]:8080")]
    [InlineData("[::ffff:192.0.2.1]")]
    public void Match_NoHostOrAnAddress_SelectsTheHostlessBucket(string? host)
        => Assert.Equal("hostless", s_table.Answer(host, "/")); // D13, 3.5

    [Theory]
    [InlineData("1.2.0.2.1", "hostless")] // two labels before 0.2.1
    [InlineData("x.0.2.1", "digits")] // a name: four parts, one not a number
    [InlineData("256.0.2.1", "digits")] // a name: not an address (2.3.2)
    public void Match_DigitsThatAreNoAddress_AreAName(string host, string expected) => Assert.Equal(expected, s_table.Answer(host, "/"));

    [Theory]
    [InlineData("_x.h.test", "wildcard")]
    [InlineData("x_y.h.test", "wildcard")]
    [InlineData("_.test", "top")]
    public void Match_HostWithUnderscore_IsComparedAsText(string host, string expected)
        => Assert.Equal(expected, s_table.Answer(host, "/")); // D11b

    [Theory]
    [InlineData("xn--caf-dma.test", "punycode")]
    [InlineData("XN--CAF-DMA.test", "punycode")]
    public void Match_HostInALabelForm_EqualsTheRule(string host, string expected)
        => Assert.Equal(expected, s_table.Answer(host, "/")); // D11c

    [Fact]
    public void Match_HostInUnicode_IsNeverMappedToItsALabel() => Assert.NotEqual("punycode", s_table.Answer("café.test", "/")); // D11c

    [Fact]
    public void Match_HostlessRuleOnly_TakesEveryHost()
    {
        var table = TableOf(Some.Ingress("all", [Some.Rule("", Some.Prefix("/", "all"))]));

        Assert.All(["a.test", "B.test:1", "x.y.z", "", "192.0.2.1", "[::1]"], host => Assert.Equal("all", table.Answer(host, "/")));
    }

    [Fact]
    public void Match_MalformedHost_IsBadRequestEvenWithoutAnyRule() => Assert.Equal("400", IngressRouteTable.Empty.Answer("a..b", "/"));

    [Fact]
    public void Match_LongerWildcard_BeatsTheShorterOneByLabels()
    {
        // Traefik orders by length of the text, where a one-character label loses (3.7).
        var table = TableOf(
            Some.Ingress("wildcard", [Some.Rule("*.h.test", Some.Prefix("/long/path/that/counts/for/nothing", "wildcard"))]),
            Some.Ingress("exact", [Some.Rule("a.h.test", Some.Prefix("/", "exact"))]));

        Assert.Equal("exact", table.Answer("a.h.test", "/long/path/that/counts/for/nothing"));
    }

    [Theory]
    [InlineData("http://a.h.test/", "a.h.test")]
    [InlineData("http://a.h.test", "a.h.test")]
    [InlineData("https://a.h.test/x?y", "a.h.test")]
    public void Match_AbsoluteFormOfTheSameHost_IsServed(string target, string host)
        => Assert.Equal("exact", s_table.Answer(host, target)); // 3.9

    [Fact]
    public void Match_AbsoluteFormOfAnotherHost_IsBadRequest()
        => Assert.Equal("400", s_table.Answer("a.h.test", "http://b.h.test/")); // D12
}

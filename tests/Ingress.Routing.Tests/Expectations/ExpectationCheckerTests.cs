using Ingress.Routing.Diagnostics;
using Ingress.Routing.Expectations;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Expectations;

public sealed class ExpectationCheckerTests
{
    private static readonly NamespacedName s_web = new("default", "web");

    private static readonly IngressRouteTable s_table = IngressRouteTable.Compile(new()
    {
        Ingresses =
        [
            Some.Ingress(
                "shop",
                [Some.Rule("shop.test", Some.Prefix("/", "web"), Some.Prefix("/cart", "cart", 8080)), Some.Rule("*.test", Some.Prefix("/", "wild"))],
                tls: [Some.Tls("tls", "shop.test")]),
            Some.Ingress("site", [new IngressRule
            {
                Host = "site.other",
                Paths = [new() { Path = "/", PathType = PathTypes.Prefix, Backend = Some.Resource("Site", "handbook", "example.test") }],
            }]),
        ],
        Secrets = [TestCertificates.Secret("tls", "shop.test")],
    });

    [Theory]
    [InlineData("http://shop.test/a", "web", null, true)]
    [InlineData("shop.test:8080/a", "web", 80, true)]
    [InlineData("http://shop.test/a", "web", 81, false)]
    [InlineData("http://shop.test/cart", "web", null, false)]
    [InlineData("http://none.other/", "web", null, false)]
    [InlineData("http://a..b/", "web", null, false)]
    public void Check_Service(string url, string service, int? port, bool isMet)
        => AssertMet(isMet, new()
        {
            Url = url,
            Service = new("default", service),
            Port = port is { } number ? new() { Number = number } : null,
        });

    [Theory]
    [InlineData("http://none.other/", 404, true)]
    [InlineData("http://a..b/", 400, true)]
    [InlineData("http://shop.test/", 503, true)] // there is no such Service
    [InlineData("http://shop.test/", 404, false)]
    [InlineData("http://none.other/", 503, false)]
    public void Check_Status(string url, int status, bool isMet) => AssertMet(isMet, new() { Url = url, StatusCode = status });

    [Theory]
    [InlineData("https://shop.test/", null, "tls", true)]
    [InlineData("https://shop.test:8443/", null, "tls", true)]
    [InlineData("https://other.test/", "shop.test", "tls", true)]
    [InlineData("https://shop.test/", "other.test", "tls", false)]
    [InlineData("https://shop.test/", "", "tls", false)]
    [InlineData("https://shop.test/", null, "other", false)]
    [InlineData("https://other.test/", null, null, true)]
    [InlineData("https://shop.test/", null, null, false)]
    public void Check_Certificate(string url, string? serverName, string? secret, bool isMet) => AssertMet(isMet, new()
    {
        Url = url,
        ServerName = serverName,
        Certificate = secret is null ? null : new NamespacedName("default", secret),
        ExpectsRefusal = secret is null,
    });

    [Fact]
    public void Check_HostGiven_GoesBeforeThatOfTheUrl()
        => AssertMet(true, new() { Url = "https://elsewhere.other/", Host = "shop.test", Service = s_web });

    [Theory]
    [InlineData("example.test/Site default/handbook", true)]
    [InlineData("Site default/handbook", false)]
    public void Check_Resource(string resource, bool isMet) => AssertMet(isMet, new() { Url = "http://site.other/", Resource = resource });

    [Fact]
    public void Check_SeveralThingsWrong_SaysAllOfThem()
    {
        var result = new ExpectationChecker(s_table).Check(new RequestExpectation
        {
            Url = "https://shop.test/cart",
            Service = s_web,
            StatusCode = 404,
            ExpectsRefusal = true,
        });

        Assert.Equal(["service", "status", "certificate"], result.Failures.Select(failure => failure.Subject));
        Assert.Equal("expected default/web, got default/cart:8080", result.Failures[0].ToString());
        Assert.Equal("expected 404, got 503 for default/cart:8080", result.Failures[1].ToString());
        Assert.Equal("expected a refused handshake, got that of default/tls", result.Failures[2].ToString());
    }

    [Theory]
    [InlineData("cart", null, null, false)]
    [InlineData("cart", "shop.test", "/cart/items", false)]
    [InlineData("cart", "shop.test", "/other", true)]
    [InlineData("cart", "*.test", null, false)] // shop.test is one of them
    [InlineData("cart", "a.test", null, true)]
    [InlineData("cart", "*.other", null, true)]
    [InlineData("wild", "shop.test", null, true)]
    [InlineData("wild", "*.test", null, false)]
    [InlineData("wild", "test", null, true)]
    [InlineData("web", null, "/cart", true)]
    [InlineData("nobody", null, null, true)]
    [InlineData("nobody", "a_.Test", null, false)] // no host
    [InlineData("nobody", null, "cart", false)] // no path
    public void Check_Never(string service, string? host, string? path, bool isMet)
    {
        var result = new ExpectationChecker(s_table).Check(
            new NeverExpectation { Service = new("default", service), Host = host, Path = path });

        Assert.Equal(isMet, result.IsMet);
    }

    [Theory]
    [InlineData(8080, false)]
    [InlineData(80, true)]
    public void Check_NeverAPort_LooksAtThatPort(int port, bool isMet)
    {
        var result = new ExpectationChecker(s_table).Check(
            new NeverExpectation { Service = new("default", "cart"), Port = new() { Number = port } });

        Assert.Equal(isMet, result.IsMet);
    }

    [Fact]
    public void Check_NeverMet_CountsTheRegionsLookedAt()
    {
        // Hosts: shop.test, site.other, the rest of *.test, all others. Paths: shop.test has two, the others one each.
        Assert.Equal(5, new ExpectationChecker(s_table).Check(new NeverExpectation { Service = new("default", "nobody") }).Regions);
    }

    // A table of manifests that are not there has no rules, and so no rule that is not to be there.
    [Fact]
    public void Check_SourcesReportAnError_NothingIsProvedAbsent()
    {
        var error = new IngressDiagnostic
        {
            Id = IngressDiagnosticIds.UnreadableManifest,
            Severity = IngressDiagnosticSeverity.Error,
            Message = "The path does not exist.",
            Location = new("nofolder", 1, 1),
        };
        var checker = new ExpectationChecker(IngressRouteTable.Compile(new() { SourceDiagnostics = [error] }));
        Expectation[] absences =
        [
            new NeverExpectation { Service = s_web },
            new RequestExpectation { Url = "http://shop.test/", StatusCode = 404 },
            new RequestExpectation { Url = "https://shop.test/", ExpectsRefusal = true },
        ];

        Assert.All(absences, absence =>
        {
            var result = checker.Check(absence);
            Assert.Contains("The path does not exist.", Assert.Single(result.Failures).Actual, StringComparison.Ordinal);
            Assert.True(new ExpectationChecker(IngressRouteTable.Empty).Check(absence).IsMet);
            Assert.True(new ExpectationChecker(IngressRouteTable.Compile(new()
            {
                SourceDiagnostics = [error with { Severity = IngressDiagnosticSeverity.Warning }],
            })).Check(absence).IsMet);
        });
    }

    [Fact]
    public void ToString_OfAResult_SaysWhatIsWrong()
    {
        var checker = new ExpectationChecker(s_table);

        Assert.Equal("met: http://shop.test/a", checker.Check(new RequestExpectation { Url = "http://shop.test/a", Service = s_web }).ToString());
        Assert.Equal(
            "not met: http://shop.test/cart: expected default/web, got default/cart:8080",
            checker.Check(new RequestExpectation { Url = "http://shop.test/cart", Service = s_web }).ToString());
    }

    [Fact]
    public void Title_WithoutAName_SaysWhatIsExpected()
    {
        Assert.Equal("/x", new RequestExpectation { Url = "/x" }.Title);
        Assert.Equal("every host /a never reaches default/web:80",
            new NeverExpectation { Service = s_web, Port = new() { Number = 80 }, Path = "/a" }.Title);
        Assert.Equal("named", new NeverExpectation { Service = s_web, Name = "named" }.Title);
    }

    private static void AssertMet(bool isMet, RequestExpectation expectation)
        => Assert.Equal(isMet, new ExpectationChecker(s_table).Check(expectation).IsMet);
}

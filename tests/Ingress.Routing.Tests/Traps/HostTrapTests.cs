using System.Globalization;
using Ingress.Routing.Tests.Shared;
using static Ingress.Routing.Tests.Shared.RouteTableAnswers;

namespace Ingress.Routing.Tests.Traps;

/// <summary>The traps of section 19 of the semantics that concern hosts and server names.</summary>
public sealed class HostTrapTests
{
    // That the middleware hands over the header and not Request.Host is tested with ASP.NET Core.
    [Fact]
    public void Trap02_Punycode_IsComparedAsReceived()
    {
        var table = IngressRouteTable.Compile(new()
        {
            Ingresses =
            [
                Some.Ingress("t/i", [Some.Rule("xn--caf-dma.test", Some.Prefix("/"))], tls: [Some.Tls("crt", "xn--caf-dma.test")]),
            ],
            Secrets = [TestCertificates.Secret("t/crt", "xn--caf-dma.test")],
        });

        Assert.Equal("web", table.Answer("xn--caf-dma.test", "/"));
        Assert.NotEqual("web", table.Answer("café.test", "/"));

        // Of a server name, .NET hands over only the Unicode form.
        Assert.NotNull(table.FindCertificate("café.test"));
        Assert.NotNull(table.FindCertificate("xn--caf-dma.test"));
    }

    [Theory]
    [InlineData("a.b.h.test", "404")]
    [InlineData(".h.test", "400")]
    [InlineData("ah.test", "404")]
    [InlineData("h.test", "404")]
    [InlineData("a.h.test", "web")]
    public void Trap03_Wildcard_IsNotEndsWith(string host, string expected)
        => Assert.Equal(expected, TableOf(Some.Ingress("i", [Some.Rule("*.h.test", Some.Prefix("/"))])).Answer(host, "/"));

    [Theory]
    [InlineData("kxh.test")] // the dot is a dot
    [InlineData("k.hxtest")]
    [InlineData("\u212a.h.test")] // the Kelvin sign, a 'k' to RegexOptions.IgnoreCase
    [InlineData("k.h.test\n")] // '$' stands before a final line feed
    [InlineData("\nk.h.test")]
    public void Trap04_Host_IsNoPattern(string host)
        => Assert.NotEqual("web", TableOf(Some.Ingress("i", [Some.Rule("k.h.test", Some.Prefix("/"))])).Answer(host, "/"));

    [Theory]
    [InlineData("K.H.TEST")]
    [InlineData("Q0.h.test")]
    public void Trap04_Host_IgnoresTheCaseOfEveryLetter(string host)
        => Assert.Equal("web", TableOf(Some.Ingress("i", [Some.Rule("*.h.test", Some.Prefix("/"))])).Answer(host, "/"));

    [Fact]
    public void Trap04_Host_IgnoresTheCultureOfTheThread()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR"); // where 'I' is no upper-case 'i'
            Assert.Equal("web", TableOf(Some.Ingress("i", [Some.Rule("i.h.test", Some.Prefix("/"))])).Answer("I.H.TEST", "/"));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Trap09_Host_IsChosenBeforeAnyPath()
    {
        var table = TableOf(
            Some.Ingress("named", [Some.Rule("h.test", Some.Prefix("/", "named"))]),
            Some.Ingress("hostless", [Some.Rule(null, Some.Exact("/a/long/path", "hostless"), Some.Prefix("/a/long", "hostless"))]),
            Some.Ingress("wildcard", [Some.Rule("*.test", Some.Exact("/a/long/path", "wildcard"))]));

        Assert.Equal("named", table.Answer("h.test", "/a/long/path"));
        Assert.Equal("named", table.Answer("h.test", "/a/long"));
    }

    // D18, the policy, is looked up with the same two questions; its 421 is tested with ASP.NET Core.
    [Theory]
    [InlineData("a.h.test")]
    [InlineData("A.H.TEST")]
    [InlineData("a.h.test.")]
    [InlineData("A.h.test.")]
    [InlineData("b.h.test")]
    [InlineData("B.H.test.")]
    [InlineData("a.b.h.test")]
    [InlineData("h.test")]
    [InlineData("192.0.2.1")]
    public void Trap21_HostAndServerName_AreNormalisedAlike(string name)
    {
        var table = IngressRouteTable.Compile(new()
        {
            Ingresses =
            [
                Some.Ingress(
                    "t/i",
                    [
                        Some.Rule("a.h.test", Some.Prefix("/", "exact")),
                        Some.Rule("*.h.test", Some.Prefix("/", "wildcard")),
                        Some.Rule("*.0.2.1", Some.Prefix("/")),
                    ],
                    tls: [Some.Tls("exact", "a.h.test"), Some.Tls("wildcard", "*.h.test", "*.0.2.1")]),
            ],
            Secrets = [TestCertificates.Secret("t/exact", "a.h.test"), TestCertificates.Secret("t/wildcard", "*.h.test")],
        });

        Assert.Equal(table.Match(name, "/").Route?.Service!.Name.Name, table.FindCertificate(name)?.Secret.Metadata.Name);
    }

    [Fact]
    public void Trap22_NoServerName_IsTheEmptyString()
    {
        var table = IngressRouteTable.Compile(
            new() { Secrets = [TestCertificates.Secret("t/crt", "h.test")] }, new() { DefaultCertificate = new("t", "crt") });

        Assert.NotNull(table.FindCertificate(""));
        Assert.Same(table.FindCertificate(null), table.FindCertificate(""));
    }

    // The core is told nothing but the host and the target. Which header the host comes from is tested with ASP.NET Core.
    [Fact]
    public void Trap26_ForwardedHost_IsNotAskedFor()
        => Assert.Equal(
            ["host", "target"],
            typeof(IngressRouteTable).GetMethod(nameof(IngressRouteTable.Match), [typeof(string), typeof(string)])!.GetParameters().Select(p => p.Name));
}

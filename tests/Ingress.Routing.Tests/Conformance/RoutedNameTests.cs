using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Conformance;

/// <summary>Which server names a table has routes for, and which a certificate covers (D17, step 1).</summary>
public sealed class RoutedNameTests
{
    [Theory]
    [InlineData("a.test", "a.test")]
    [InlineData("A.Test.", "a.test")]
    [InlineData("b.wild.test", "b.wild.test")]
    [InlineData("caf\u00E9.example", "xn--caf-dma.example")]
    [InlineData("xn--caf-dma.example", "xn--caf-dma.example")]
    [InlineData("wild.test", null)]
    [InlineData("c.b.wild.test", null)]
    [InlineData("other.test", null)]
    [InlineData("192.0.2.1", null)]
    [InlineData("a..test", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void FindRoutedName_NamedHosts_AreCanonicalOrNotRouted(string? serverName, string? expected)
        => Assert.Equal(expected, Table("a.test", "*.wild.test", "xn--caf-dma.example").FindRoutedName(serverName));

    [Fact]
    public void FindRoutedName_HostlessRule_TakesEveryName()
    {
        var table = Table("a.test", null);

        Assert.Equal("other.test", table.FindRoutedName("other.test"));
        Assert.Null(table.FindRoutedName("192.0.2.1"));
        Assert.Null(table.FindRoutedName(""));
    }

    [Fact]
    public void FindRoutedName_DefaultBackend_TakesEveryName()
    {
        var table = IngressRouteTable.Compile(Some.Snapshot(Some.Ingress("shop/web", defaultBackend: Some.Backend("web"))));

        Assert.Equal("other.test", table.FindRoutedName("OTHER.test"));
    }

    [Fact]
    public void FindRoutedName_PathThatIsNotRoot_TakesItsHost()
    {
        var table = IngressRouteTable.Compile(Some.Snapshot(Some.Ingress("shop/web", [Some.Rule("a.test", Some.Exact("/deep"))])));

        Assert.Equal("a.test", table.FindRoutedName("a.test"));
    }

    [Fact]
    public void FindRoutedName_CanonicalName_IsNotCopied()
    {
        var name = "b.wild.test";

        Assert.Same(name, Table("*.wild.test").FindRoutedName(name));
    }

    [Theory]
    [InlineData("a.test", true)]
    [InlineData("A.TEST.", true)]
    [InlineData("b.wild.test", true)]
    [InlineData("caf\u00E9.example", true)]
    [InlineData("wild.test", false)]
    [InlineData("other.test", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Covers_ServerName_IsJudgedAsForD17(string? serverName, bool expected)
    {
        var table = IngressRouteTable.Compile(
            new() { Secrets = [TestCertificates.Secret("infra/default", "a.test", "*.wild.test", "xn--caf-dma.example")] },
            new() { DefaultCertificate = new("infra", "default") });

        Assert.Equal(expected, table.FindCertificate(serverName)!.Covers(serverName));
    }

    private static IngressRouteTable Table(params string?[] hosts)
        => IngressRouteTable.Compile(Some.Snapshot(Some.Ingress("shop/web", hosts.Select(host => Some.Rule(host, Some.Prefix("/"))))));
}

using System.Globalization;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;
using static Ingress.Routing.Tests.Shared.RouteTableAnswers;

namespace Ingress.Routing.Tests.Traps;

/// <summary>The traps of section 19 of the semantics that concern who owns what.</summary>
public sealed class OwnershipTrapTests
{
    private const string Host = "h.test";

    [Fact]
    public void Trap10_BrokenBackend_KeepsItsPath()
    {
        var table = IngressRouteTable.Compile(new()
        {
            Ingresses = [Some.Ingress("t/i", [Some.Rule(Host, Some.Prefix("/", "web"), Some.Prefix("/pay", "gone"))], Some.Backend("web"))],
            Services = [Some.Service("t/web")],
            EndpointSlices = [Some.Slice("t/web", 8080, "10.0.0.1")],
        });

        var match = table.Match(Host, "/pay/now");

        Assert.Equal("t/gone:80", match.Route!.Service!.ToString());
        Assert.NotEqual(DestinationStatus.Ready, table.GetDestinations(match.Route.Service).Status); // 503, not somebody else's answer
    }

    [Fact]
    public void Trap11_Order_OfInputDecidesNothing()
    {
        IngressResource[] ingresses =
        [
            .. Enumerable.Range(0, 5).Select(
                i => Some.Ingress(
                    $"n{i % 2}/i{i}", [Some.Rule(Host, Some.Prefix("/", $"s{i}"))], Some.Backend($"d{i}"), ageSeconds: i % 3)),
        ];

        Assert.All(Permutations(ingresses), order =>
        {
            Assert.Equal("s0", TableOf(order).Answer(Host, "/"));
            Assert.Equal("d0", TableOf(order).Answer("unknown.test", "/"));
        });
    }

    [Fact]
    public void Trap12_Age_IsComparedAsATimeThenByBytes()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("da-DK"); // where "aa" is sorted behind "z"

            // As text, "2020-01-01T10..." is behind "2020-01-01T09...", whatever the offset.
            var later = Created("t/a", new DateTimeOffset(2020, 1, 1, 9, 30, 0, TimeSpan.Zero));
            var earlier = Created("t/b", new DateTimeOffset(2020, 1, 1, 10, 0, 0, TimeSpan.FromHours(1)));
            Assert.Equal("t/b", TableOf(later, earlier).Match(Host, "/").Route!.Source.Name.ToString());

            Assert.Equal("t/aa", TableOf(Created("t/aa", null), Created("t/z", null)).Match(Host, "/").Route!.Source.Name.ToString());
            Assert.Equal("t/a-b", TableOf(Created("t/ab", null), Created("t/a-b", null)).Match(Host, "/").Route!.Source.Name.ToString());
            // no tuple
            Assert.Equal("t-a/x", TableOf(Created("t/x", null), Created("t-a/x", null)).Match(Host, "/").Route!.Source.Name.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Trap13_NamesWithHyphens_AreNotMixedUp()
    {
        var table = IngressRouteTable.Compile(new()
        {
            Ingresses =
            [
                Some.Ingress("a-b/c", [Some.Rule("one.test", Some.Prefix("/", "d"))], tls: [Some.Tls("d", "one.test")]),
                Some.Ingress("a/b-c", [Some.Rule("two.test", Some.Prefix("/", "b-d"))], tls: [Some.Tls("b-d", "two.test")]),
            ],
            Services = [Some.Service("a-b/d"), Some.Service("a/b-d")],
            EndpointSlices = [Some.Slice("a-b/d", 1, "10.0.0.1"), Some.Slice("a/b-d", 2, "10.0.0.2")],
            Secrets = [TestCertificates.Secret("a-b/d", "one.test"), TestCertificates.Secret("a/b-d", "two.test")],
        });

        Assert.Equal("10.0.0.1:1", Assert.Single(DestinationsOf(table, "one.test").Ready).ToString());
        Assert.Equal("10.0.0.2:2", Assert.Single(DestinationsOf(table, "two.test").Ready).ToString());
        Assert.Equal("a-b/d", table.FindCertificate("one.test")?.Secret.Name.ToString());
        Assert.Equal("a/b-d", table.FindCertificate("two.test")?.Secret.Name.ToString());
        Assert.Equal(2, table.Routes.Select(route => route.Id).Distinct().Count());
    }

    [Fact]
    public void Trap14_SameServiceNameInTwoNamespaces_AreTwoServices()
    {
        var table = IngressRouteTable.Compile(new()
        {
            Ingresses =
            [
                Some.Ingress("one/i", [Some.Rule("one.test", Some.Prefix("/"))]),
                Some.Ingress("two/i", [Some.Rule("two.test", Some.Prefix("/"))]),
            ],
            Services = [Some.Service("one/web"), Some.Service("two/web")],
            EndpointSlices = [Some.Slice("one/web", 1, "10.0.0.1"), Some.Slice("two/web", 1, "10.0.0.2")],
        });

        Assert.NotEqual(table.Match("one.test", "/").Route!.Service, table.Match("two.test", "/").Route!.Service);
        Assert.Equal("10.0.0.1:1", Assert.Single(DestinationsOf(table, "one.test").Ready).ToString());
        Assert.Equal("10.0.0.2:1", Assert.Single(DestinationsOf(table, "two.test").Ready).ToString());
    }

    [Fact]
    public void Trap18_DefaultBackend_OfAnotherTeamServesUnknownHostsOnly()
    {
        var table = TableOf(
            Some.Ingress("one/i", [Some.Rule("known.test", Some.Exact("/x"))]),
            Some.Ingress("two/i", [Some.Rule("two.test", Some.Exact("/x"))], Some.Backend("two")));

        Assert.Equal("404", table.Answer("known.test", "/"));
        Assert.Equal("two", table.Answer("unknown.test", "/"));
    }

    [Fact]
    public void Trap19_RuleWithoutHttp_ClaimsItsHost()
    {
        var table = TableOf(
            Some.Ingress("one/i", [new() { Host = Host }], Some.Backend("one")),
            Some.Ingress("two/i", [Some.Rule("*.test", Some.Prefix("/", "two")), Some.Rule(null, Some.Prefix("/", "two"))]));

        Assert.Equal("one", table.Answer(Host, "/any"));
        Assert.Equal("two", table.Answer("other.test", "/any"));
    }

    [Fact]
    public void Trap20_ResourceBackend_IsARouteAndCostsNobodyAnything()
    {
        var resource = Some.Prefix("/assets") with { Backend = Some.Resource("Bucket", "pictures", "example.com") };
        var table = TableOf(
            Some.Ingress("one/i", [Some.Rule(Host, resource, Some.Prefix("/", "one"))], Some.Resource("Bucket", "default", "example.com")),
            Some.Ingress("two/i", [Some.Rule("two.test", Some.Prefix("/", "two"))]));

        var route = table.Match(Host, "/assets/x").Route!;
        Assert.Null(route.Service);
        Assert.Equal(("example.com", "Bucket", "pictures"), (route.Resource!.ApiGroup, route.Resource.Kind, route.Resource.Name));
        Assert.Equal("default", table.Match("unknown.test", "/").Route!.Resource!.Name);
        Assert.Equal("one", table.Answer(Host, "/"));
        Assert.Equal("two", table.Answer("two.test", "/"));
    }

    [Fact]
    public void Trap27_ForeignClass_NeitherServesNorWins()
    {
        var table = IngressRouteTable.Compile(
            new()
            {
                Ingresses =
                [
                    Some.Ingress(
                        "a",
                        [Some.Rule(Host, Some.Prefix("/", "foreign"), Some.Prefix("/long", "foreign"))],
                        Some.Backend("foreign"),
                        className: "foreign",
                        ageSeconds: 0),
                    Some.Ingress("b", [Some.Rule(Host, Some.Prefix("/", "ours"))], className: "ours", ageSeconds: 1),
                ],
                IngressClasses = [Some.Class("ours", "example.com/ours"), Some.Class("foreign", "example.com/foreign")],
            },
            new() { ControllerName = "example.com/ours" });

        Assert.Equal("ours", table.Answer(Host, "/long"));
        Assert.Equal("404", table.Answer("unknown.test", "/"));
    }

    private static ServiceDestinations DestinationsOf(IngressRouteTable table, string host)
        => table.GetDestinations(table.Match(host, "/").Route!.Service!);

    private static IngressResource Created(string name, DateTimeOffset? time)
    {
        var ingress = Some.Ingress(name, [Some.Rule(Host, Some.Prefix("/"))]);
        return ingress with { Metadata = ingress.Metadata with { CreationTimestamp = time } };
    }

    private static IEnumerable<T[]> Permutations<T>(T[] items) => items.Length < 2
        ? [items]
        : items.SelectMany((item, i) => Permutations((T[])[.. items[..i], .. items[(i + 1)..]]).Select(rest => (T[])[item, .. rest]));
}

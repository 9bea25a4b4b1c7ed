using Ingress.Routing.Comparison;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Nginx.Tests;

/// <summary>Hosts that annotations add (semantics 5.13), and the root of an application.</summary>
public sealed class NginxHostTests
{
    [Theory]
    [InlineData("alias.test", "/a", "a")]
    [InlineData("alias.test", "/b", "b")] // of another Ingress of the host
    [InlineData("x.alias.test", "/b", "b")]
    [InlineData("x.y.alias.test", "/b", "404")]
    [InlineData("ALIAS.test:8080", "/a", "a")]
    [InlineData("other.test", "/a", "404")]
    public void ServerAlias_ServesWhatTheHostServes(string host, string path, string expected)
    {
        var scenario = NginxScenario.For(
            new(),
            Ingress("t/a", "h.test", [("server-alias", "alias.test, *.alias.test,h.test")], Some.Prefix("/a", "a")),
            Ingress("u/b", "h.test", [], Some.Prefix("/b", "b")));

        Assert.Equal(expected, scenario.Table.Match(host, path).Route?.Service!.Name.Name ?? "404");
        Assert.Empty(scenario.Findings);
    }

    [Fact]
    public void ServerAlias_ThatARuleNames_IsSkippedAndReported()
    {
        var scenario = NginxScenario.For(
            new(), Ingress("t/a", "h.test", [("server-alias", "other.test")], Some.Prefix("/a", "a")), Ingress("u/b", "other.test", [], Some.Prefix("/b", "b")));

        Assert.Equal(IngressMatchStatus.NotFound, scenario.Table.Match("other.test", "/a").Status);
        Assert.Equal(IngressDiagnosticIds.AddedHostNotServed, Assert.Single(scenario.Findings).Id);
    }

    [Fact]
    public void ServerAlias_OfTwoIngresses_IsThatOfTheOldest()
    {
        var scenario = NginxScenario.For(
            new(),
            Ingress("t/a", "a.test", [("server-alias", "alias.test")], Some.Prefix("/", "a")),
            Ingress("t/b", "b.test", [("server-alias", "alias.test")], Some.Prefix("/", "b")));

        Assert.Equal("a", scenario.Table.Match("alias.test", "/").Route!.Service!.Name.Name);
        Assert.Equal("b", Assert.Single(scenario.Findings).Resource!.Value.Name);
    }

    [Fact]
    public void ServerAlias_RegularExpression_IsRefusedAndTheOthersStay()
    {
        var scenario = NginxScenario.For(new(), Ingress("t/a", "h.test", [("server-alias", "~^x.+$, alias.test")], Some.Prefix("/", "a")));

        Assert.NotNull(scenario.Table.Match("alias.test", "/").Route);
        Assert.Single(scenario.Findings);
    }

    [Theory]
    [InlineData("www.h.test", "h.test", "http", "/foo?a=1", "http://www.h.test:80/foo?a=1")]
    [InlineData("h.test", "www.h.test", "http", "/", "http://h.test:80")]
    [InlineData("h.test", "www.h.test", "https", "/a/b/", "https://h.test:443/a/b")]
    public void FromToWww_RedirectsEveryPathOfTheOtherName(string declared, string other, string scheme, string target, string location)
    {
        var scenario = NginxScenario.For(
            new(), Ingress("t/a", declared, [("from-to-www-redirect", "true")], Some.Exact("/only", "a")), Ingress("t/b", declared, [], Some.Prefix("/b", "b")));

        var outcome = scenario.Ask(target, other, scheme);

        Assert.Equal((308, location), (outcome.Status, outcome.Location));
        Assert.Null(scenario.Table.Match(declared, "/foo").Route);
    }

    [Fact]
    public void FromToWww_OtherNameIsDeclared_IsSkippedAndReported()
    {
        var scenario = NginxScenario.For(
            new(), Ingress("t/a", "h.test", [("from-to-www-redirect", "true")], Some.Prefix("/", "a")), Ingress("t/b", "www.h.test", [], Some.Prefix("/", "b")));

        Assert.Equal("b", scenario.Table.Match("www.h.test", "/").Route!.Service!.Name.Name);
        Assert.Equal(IngressDiagnosticIds.AddedHostNotServed, Assert.Single(scenario.Findings).Id);
    }

    [Theory]
    [InlineData("/", "h.test:8080", "POST", "http://h.test:8080/app")]
    [InlineData("//", "h.test", "GET", "http://h.test/app")]
    [InlineData("/?a=1", "h.test", "GET", "http://h.test/app")]
    [InlineData("/x", "h.test", "GET", null)]
    public void AppRoot_AnswersForTheWholeHost(string target, string host, string method, string? location)
    {
        // Neither a path '/' is needed, nor is it asked when another Ingress has it, as an expression even.
        foreach (var others in new IngressResource[][]
        {
            [],
            [Ingress("t/b", "h.test", [], Some.Prefix("/", "b"))],
            [Ingress("t/b", "h.test", [("use-regex", "true")], Some.ImplementationSpecific("/.*", "b"), Some.Exact("/", "c"))],
        })
        {
            var scenario = NginxScenario.For(new(), [Ingress("t/a", "h.test", [("app-root", "/app")], Some.Prefix("/x", "a")), .. others]);

            var outcome = scenario.Ask(target, host, method: method, headers: new() { ["Host"] = host });

            Assert.Equal((location is null ? 0 : 302, location), (outcome.Status, outcome.Location));
        }
    }

    [Fact]
    public void Apply_AnyOrderOfChanges_GivesWhatCompilingGives()
    {
        var random = new Random(1);
        var options = new RouteTableOptions { AnnotationDialects = [NginxAnnotations.CreateDialect(new())] };
        var (snapshot, table) = (ClusterSnapshot.Empty, IngressRouteTable.Compile(ClusterSnapshot.Empty, options));
        for (var step = 0; step < 400; step++)
        {
            var name = $"t/{(char)('a' + random.Next(5))}";
            var change = random.Next(3) == 0
                ? new ClusterChange { Removed = [new(IngressResource.KindName, "t", name[2..])] }
                : new ClusterChange { Upserted = [Ingress(name, Pick("a.test", "www.a.test", "b.test", "c.test", "*.d.test"), [.. Annotations()], Some.Path(Pick(PathTypes.Prefix, PathTypes.Exact, PathTypes.ImplementationSpecific), Pick("/", "/x", "/x/", "/[xy]/(.*)"), name[2..]))] };
            snapshot = snapshot.Apply(change);
            table = table.Apply(change);
            var full = IngressRouteTable.Compile(snapshot, options);

            foreach (var host in new[] { "a.test", "www.a.test", "b.test", "www.b.test", "c.test", "x.d.test", "e.test", "x.e.test" })
            {
                foreach (var path in new[] { "/", "/x", "/x/y", "/xz", "/y/z" })
                {
                    Assert.Equal(Describe(full, host, path), Describe(table, host, path));
                    Assert.Equal(full.Match(host, path).Route?.Id, full.Explain(host, path).Route?.Id);
                }
            }

            Assert.Equal(full.Diagnostics.Select(static item => item.ToString()), table.Diagnostics.Select(static item => item.ToString()));
            Assert.Equal(full.Routes.Select(static route => route.Id).Order(), table.Routes.Select(static route => route.Id).Order());
            Assert.False(RouteTableComparison.Compare(full, table).HasDifferences);
        }

        IEnumerable<(string, string)> Annotations()
        {
            if (random.Next(2) == 0)
            {
                yield return ("server-alias", Pick("e.test", "b.test", "*.e.test, c.test", "a.test"));
            }

            if (random.Next(3) == 0)
            {
                yield return ("from-to-www-redirect", "true");
            }

            if (random.Next(4) == 0)
            {
                yield return ("app-root", Pick("/app", "/other"));
            }

            if (random.Next(4) == 0)
            {
                yield return ("use-regex", "true");
            }

            if (random.Next(4) == 0)
            {
                yield return ("rewrite-target", Pick("/x", "/$1", "/"));
            }
        }

        string Pick(params string[] items) => items[random.Next(items.Length)];
    }

    private static string Describe(IngressRouteTable table, string host, string path)
    {
        var match = table.Match(host, path);
        return $"{host} {path} {match.Status} {match.Route?.Id} {match.Route?.Pattern} {match.Route?.Policies}";
    }

    private static IngressResource Ingress(string name, string host, (string Name, string Text)[] annotations, params IngressPath[] paths)
        => Some.Ingress(name, [Some.Rule(host, paths)], ageSeconds: name[^1], annotations: NginxScenario.Named(annotations));
}

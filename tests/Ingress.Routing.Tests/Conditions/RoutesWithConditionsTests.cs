using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Conditions;

/// <summary>What conditions, weights and canaries come to, and what is reported.</summary>
public sealed class RoutesWithConditionsTests
{
    [Theory]
    [InlineData("match-methods", "get")]
    [InlineData("match-methods", "GET,")]
    [InlineData("match-headers", ": on")]
    [InlineData("match-headers", "X-A")]
    [InlineData("match-headers", "X-A: 1\nx-a: 2")]
    [InlineData("match-headers", "X A: 1")]
    [InlineData("match-headers", "X-A:")]
    [InlineData("match-query", "a=1, b=2")]
    [InlineData("match-query", "=1")]
    [InlineData("match-cookies", "a=1, b=2")]
    [InlineData("match-cookies", "a b=1")]
    [InlineData("match-cookies", "")]
    public void Conditions_ThatCannotBeUnderstood_TakeOnlyWhatNothingElseTakes(string name, string text)
    {
        var isUnderstood = text == "X-A";
        var wrong = Ingress("old", "/a", "wrong", age: 0, (name, text));
        var main = Ingress("main", "/a", "web", age: 1);

        var alone = RouteTableAnswers.TableOf(wrong);
        var beside = RouteTableAnswers.TableOf(wrong, main);

        Assert.Equal(!isUnderstood, alone.Match("h.test", "/a").Route?.Policies.IsClosed ?? false);
        Assert.Equal("web", beside.Answer("h.test", "/a"));
        Assert.Equal(isUnderstood ? 0 : 1, alone.Diagnostics.Count(item => item.Id == IngressDiagnosticIds.InvalidAnnotation));
    }

    [Fact]
    public void Conditions_OfMisspeltAnnotation_CloseThePath()
    {
        var table = RouteTableAnswers.TableOf(Ingress("i", "/a", "web", age: 0, ("match-header", "X-A: 1")));

        Assert.True(table.Match("h.test", "/a").Route!.Policies.IsClosed);
    }

    [Fact]
    public void Conflict_OfEqualConditions_IsReported()
    {
        var table = RouteTableAnswers.TableOf(
            Ingress("a", "/a", "web", age: 0, ("match-headers", "X-A: 1\nX-B")), Ingress("b", "/a", "late", age: 1, ("match-headers", "x-b\nx-a: 1")));

        Assert.Equal("t/b", Assert.Single(table.Diagnostics, item => item.Id == IngressDiagnosticIds.PathConflict).Resource!.Value.ToString()["Ingress/".Length..]);
        Assert.Single(table.Routes);
    }

    [Fact]
    public void Conflict_OfDifferentConditions_IsNone()
    {
        var table = RouteTableAnswers.TableOf(
            Ingress("a", "/a", "web", age: 0, ("match-headers", "X-A: 1")), Ingress("b", "/a", "late", age: 1), Ingress("c", "/a", "post", age: 2, ("match-methods", "POST")));

        Assert.DoesNotContain(table.Diagnostics, item => item.Id is IngressDiagnosticIds.PathConflict or IngressDiagnosticIds.PathShadowed);
        Assert.Equal(["web", "post", "late"], table.Routes.Select(route => route.Service!.Name.Name));
    }

    [Fact]
    public void Match_NoConditionIsMet_FallsToShorterPrefixThenToDefaultBackend()
    {
        var table = RouteTableAnswers.TableOf(
            Ingress("a", "/a/b", "deep", age: 0, ("match-headers", "X-A")),
            Ingress("b", "/a", "short", age: 0, ("match-methods", "GET")),
            Some.Ingress("t/c", defaultBackend: Some.Backend("fallback")));

        Assert.Equal(("deep", IngressMatchStatus.Rule), Ask("GET", ("x-a", "")));
        Assert.Equal(("short", IngressMatchStatus.Rule), Ask("GET"));
        Assert.Equal(("fallback", IngressMatchStatus.DefaultBackend), Ask("POST"));

        (string, IngressMatchStatus) Ask(string method, params (string, string)[] headers)
        {
            var match = table.Match("h.test", "/a/b/c", new ReferenceRequest(method, headers).ToRequest());
            return (match.Route!.Service!.Name.Name, match.Status);
        }
    }

    [Theory]
    [InlineData("other path", "/b", "t", "next", "")]
    [InlineData("other namespace", "/a", "u", "next", "")]
    [InlineData("same Service", "/a", "t", "web", "")]
    [InlineData("other conditions", "/a", "t", "next", "X-A: 1")]
    public void Canary_ThatFitsNothing_ServesNothingAndIsReported(string what, string path, string @namespace, string service, string headers)
    {
        var main = Ingress("main", "/a", "web", age: 1);
        var canary = Canary($"{@namespace}/canary", path, service, headers.Length == 0 ? [] : [("match-headers", headers)]);

        var table = RouteTableAnswers.TableOf(main, canary);

        Assert.True(table.Match("h.test", "/a").Route!.Split is null, what);
        Assert.Equal(IngressMatchStatus.NotFound, table.Match("h.test", "/b").Status);
        Assert.Equal("canary", Assert.Single(table.Diagnostics, item => item.Id == IngressDiagnosticIds.CanaryNotServed).Resource!.Value.Name);
    }

    [Fact]
    public void Canary_Second_IsReportedAndTheOldestTakesRequests()
    {
        var table = RouteTableAnswers.TableOf(Ingress("main", "/a", "web", age: 9), Canary("t/one", "/a", "one", []), Canary("t/two", "/a", "two", []));

        Assert.Equal("one", table.Match("h.test", "/a").Route!.Split!.Canary!.Service.Name.Name);
        Assert.Equal("two", Assert.Single(table.Diagnostics, item => item.Id == IngressDiagnosticIds.CanaryNotServed).Resource!.Value.Name);
    }

    [Theory]
    [InlineData("canary", "yes")]
    [InlineData("canary-weight", "10")]
    [InlineData("canry", "true")]
    public void Canary_ThatMayBeMeant_IsNotServedAsAnOrdinaryIngress(string name, string text)
    {
        var table = RouteTableAnswers.TableOf(Ingress("old", "/a", "next", age: 0, (name, text)), Ingress("main", "/a", "web", age: 1));

        Assert.Equal("web", table.Answer("h.test", "/a"));
        Assert.Null(table.Match("h.test", "/a").Route!.Split);
    }

    [Theory]
    [InlineData("canary-weight", "200", 0)]
    [InlineData("canary-weight", "-1", 0)]
    [InlineData("canary-weight-total", "10", 20)]
    [InlineData("canary-weight-total", "1000", 2)]
    [InlineData("canary-by-cookie", "a b", 20)]
    public void CanaryWeight_WrongTexts_LeaveTheDefault(string name, string text, int percent)
    {
        var canary = Ingress("c", "/a", "next", age: 2, [("canary", "true"), ("canary-weight", "20"), (name, text)]);

        var rule = RouteTableAnswers.TableOf(Ingress("main", "/a", "web", age: 1), canary).Match("h.test", "/a").Route!.Split!.Canary!.Rule;

        Assert.Equal(percent / 100.0, rule.Share);
    }

    [Fact]
    public void Canary_WithoutReadyEndpoint_HasNoShare()
    {
        var snapshot = new ClusterSnapshot
        {
            Ingresses = [Ingress("main", "/a", "web", age: 1), Canary("t/c", "/a", "next", [])],
            Services = [Some.Service("t/next")],
        };
        var table = IngressRouteTable.Compile(snapshot);
        var always = new RouteRequest { Headers = new Dictionary<string, string> { ["X-C"] = "always" } };
        var ready = table.Apply(new() { Upserted = [Some.Slice("t/next", 8080, "10.0.0.1")] });

        Assert.Equal("web", Assert.Single(table.SharesOf(table.Match("h.test", "/a").Route!, always)).Service.Name.Name);
        Assert.Equal("next", Assert.Single(ready.SharesOf(ready.Match("h.test", "/a").Route!, always)).Service.Name.Name);
    }

    [Fact]
    public void Weights_OfServicesOfNoPath_AreReported()
    {
        var table = RouteTableAnswers.TableOf(Ingress("i", "/a", "web", age: 0, ("backend-weights", "other=1")));

        Assert.Single(table.Diagnostics, item => item.Id == IngressDiagnosticIds.WeightsNotUsed);
        Assert.Null(table.Match("h.test", "/a").Route!.Split);
    }

    [Fact]
    public void Split_ChooseAndSharesOf_Agree()
    {
        var split = new TrafficSplit(
            [Backend("a", 1), Backend("b", 0), Backend("c", 3)],
            new(Service("d"), new() { Weight = 20 }, new("t", "i"), "f"));
        const int Points = 10_000;

        var counts = Enumerable.Range(0, Points).Select(i => split.Choose(RouteRequest.Plain, (i + 0.5) / Points).Service.Name.Name).CountBy(name => name).ToDictionary();

        Assert.All(split.SharesOf(RouteRequest.Plain), share => Assert.Equal(share.Share, counts[share.Service.Name.Name] / (double)Points, 3));
        Assert.Equal(1, split.SharesOf(RouteRequest.Plain).Sum(share => share.Share), 9);
        Assert.Throws<ArgumentOutOfRangeException>(() => split.Choose(RouteRequest.Plain, 1));
        Assert.Throws<ArgumentException>(() => new TrafficSplit([Backend("a", 0)]));
    }

    [Fact]
    public void Match_WithConditions_DoesNotAllocate()
    {
        var table = RouteTableAnswers.TableOf(
            Ingress("a", "/a", "web", age: 0, ("match-headers", "X-A: 1"), ("match-query", "q=ab\nr"), ("match-cookies", "c=1")),
            Ingress("b", "/a", "web", age: 0, ("match-methods", "POST")),
            Ingress("c", "/", "web", age: 0));
        Ask(100);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Ask(1_000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Ask(int times)
        {
            for (var i = 0; i < times; i++)
            {
                table.Match("h.test", "/a?q=ab&r", new FixedRequest("1"));
                table.Match("h.test", "/a?q=ab&r", new FixedRequest("2"));
            }
        }
    }

    private static WeightedBackend Backend(string name, int weight) => new(Service(name), weight);

    private static ServiceReference Service(string name) => new(new("t", name), new() { Number = 80 });

    private static IngressResource Canary(string name, string path, string service, (string Name, string Text)[] annotations)
        => Ingress(name, path, service, age: 2, [("canary", "true"), ("canary-by-header", "X-C"), .. annotations]);

    private static IngressResource Ingress(string name, string path, string service, int age, params (string Name, string Text)[] annotations)
        => Some.Ingress(
            name.Contains('/', StringComparison.Ordinal) ? name : $"t/{name}",
            [Some.Rule("h.test", Some.Prefix(path, service))],
            ageSeconds: age,
            annotations: annotations.GroupBy(pair => pair.Name).ToDictionary(pair => "ingress.routing/" + pair.Key, pair => pair.Last().Text));

    private readonly struct FixedRequest(string value) : IRouteRequest
    {
        public string Method => "GET";

        public string? Header(string name) => name switch
        {
            "x-a" => value,
            "Cookie" => "b=2; c=1",
            _ => null,
        };
    }
}

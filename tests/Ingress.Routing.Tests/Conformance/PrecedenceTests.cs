using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;
using static Ingress.Routing.Tests.Shared.RouteTableAnswers;

namespace Ingress.Routing.Tests.Conformance;

/// <summary>Sections 4.6, 4.7 and 5 of the semantics: which of several matching paths wins.</summary>
public sealed class PrecedenceTests
{
    private const string Host = "h.test";

    public static TheoryData<string, IngressPath[], string, string> WithinOneIngress => new()
    {
        { "longest wins (5.1)", [Some.Prefix("/a", "short"), Some.Prefix("/a/b", "long")], "/a/b/c", "long" },
        { "shorter takes the rest (5.1)", [Some.Prefix("/a", "short"), Some.Prefix("/a/b", "long")], "/a/c", "short" },
        { "Exact beats Prefix (5.1)", [Some.Prefix("/a", "prefix"), Some.Exact("/a", "exact")], "/a", "exact" },
        { "Exact beats a longer Prefix text (4.7)", [Some.Prefix("/foo/", "prefix"), Some.Exact("/foo", "exact")], "/foo", "exact" },
        { "Exact leaves the slash to Prefix (4.3)", [Some.Prefix("/foo", "prefix"), Some.Exact("/foo", "exact")], "/foo/", "prefix" },
        { "Exact with slash (4.3)", [Some.Prefix("/foo", "prefix"), Some.Exact("/foo/", "exact")], "/foo/", "exact" },
        { "/foo/ before /foo for /foo (4.6)", [Some.Prefix("/foo", "without"), Some.Prefix("/foo/", "with")], "/foo", "with" },
        { "/foo/ before /foo for /foo/ (4.6)", [Some.Prefix("/foo", "without"), Some.Prefix("/foo/", "with")], "/foo/", "with" },
        { "/foo/ before /foo below (4.6)", [Some.Prefix("/foo", "without"), Some.Prefix("/foo/", "with")], "/foo/x", "with" },
        { "Prefix before ImplementationSpecific (D6)", [Some.ImplementationSpecific("/a", "free"), Some.Prefix("/a", "prefix")], "/a", "prefix" },
        { "length before type (D6)", [Some.ImplementationSpecific("/a/b", "free"), Some.Prefix("/a", "prefix")], "/a/b", "free" },
        { "slash counts as length (D6)", [Some.ImplementationSpecific("/a/", "free"), Some.Prefix("/a", "prefix")], "/a", "free" },
        { "Exact before ImplementationSpecific (D6)", [Some.ImplementationSpecific("/a", "free"), Some.Exact("/a", "exact")], "/a", "exact" },
        { "canonical length decides (8.4)", [Some.Prefix("/%61%61", "aa"), Some.Prefix("/aa/b", "aab")], "/aa/b", "aab" },
        { "first duplicate wins (D6b)", [Some.Prefix("/a", "first"), Some.Prefix("/a", "second")], "/a", "first" },
        { "same path in other spelling (8.4, D6b)", [Some.Prefix("/%61", "first"), Some.Prefix("/a", "second")], "/a", "first" },
        { "elements, not characters", [Some.Prefix("/", "root"), Some.Prefix("/ab", "ab")], "/abc", "root" },
        { "deep miss falls back to the ancestor", [Some.Prefix("/a/b", "ancestor"), Some.Prefix("/a/b/c/d", "deep")], "/a/b/c/dx", "ancestor" },
        { "an Exact that misses shadows nothing", [Some.Prefix("/a", "prefix"), Some.Exact("/a/b/c", "exact")], "/a/b", "prefix" },
    };

    [Theory]
    [MemberData(nameof(WithinOneIngress), DisableDiscoveryEnumeration = true)]
    public void Match_PathsOfOneIngress_MostSpecificWins(string why, IngressPath[] paths, string target, string expected)
    {
        var written = TableOf(Some.Ingress("i", [Some.Rule(Host, paths)]));
        var split = TableOf(Some.Ingress("i", [.. paths.Select(path => Some.Rule(Host, path))]));

        Assert.True(expected == written.Answer(Host, target), why);
        Assert.True(expected == split.Answer(Host, target), why + ", in rules of their own (D6b)");
    }

    [Theory]
    [MemberData(nameof(WithinOneIngress), DisableDiscoveryEnumeration = true)]
    public void Match_PathsOfSeveralIngresses_AgeNeverOverridesSpecificity(string why, IngressPath[] paths, string target, string expected)
    {
        // The first path is the oldest here, so that duplicates, too, come out as in one Ingress.
        var table = TableOf([.. paths.Select((path, i) => Some.Ingress($"i{i}", [Some.Rule(Host, path)], ageSeconds: i))]);

        Assert.True(expected == table.Answer(Host, target), why);
    }

    [Fact]
    public void Match_RuleOrder_DoesNotMatterForDifferentPaths()
    {
        var one = TableOf(
            Some.Ingress("i", [Some.Rule(Host, Some.Prefix("/", "root"), Some.Prefix("/a", "a"), Some.Exact("/a", "exact"))]));
        var other = TableOf(
            Some.Ingress("i", [Some.Rule(Host, Some.Exact("/a", "exact"), Some.Prefix("/a", "a"), Some.Prefix("/", "root"))]));

        Assert.All(["/", "/a", "/a/", "/b"], target => Assert.Equal(one.Answer(Host, target), other.Answer(Host, target)));
    }

    [Fact]
    public void Match_SameClaimOfTwoIngresses_OldestWins()
    {
        var table = TableOf(
            Some.Ingress("a", [Some.Rule(Host, Some.Prefix("/", "younger"))], ageSeconds: 1),
            Some.Ingress("z", [Some.Rule(Host, Some.Prefix("/", "older"))], ageSeconds: 0));

        Assert.Equal("older", table.Answer(Host, "/")); // D6a
    }

    [Theory]
    [InlineData("team-a/x", "team/x", "team-a/x")] // '-' is below '/': the joined text decides, not the namespace first
    [InlineData("t/a", "t/b", "t/a")]
    [InlineData("a/z", "b/a", "a/z")]
    [InlineData("t/a", "t/a-b", "t/a")]
    [InlineData("t/a-b", "t/a.b", "t/a-b")]
    [InlineData("t/a10", "t/a2", "t/a10")] // bytes, not numbers
    public void Match_SameAge_JoinedNameDecides(string one, string other, string winner)
    {
        var ingresses = new[] { one, other }.Select(name => Some.Ingress(name, [Some.Rule(Host, Some.Prefix("/"))])).ToArray();

        Assert.Equal(winner, TableOf(ingresses).Match(Host, "/").Route!.Source.Name.ToString()); // D6a
        Assert.Equal(winner, TableOf([.. ingresses.Reverse()]).Match(Host, "/").Route!.Source.Name.ToString()); // 5.9
    }

    [Fact]
    public void Match_TimestampsOfTheSameSecond_CountAsEqual()
    {
        var later = Created("t/a", Time.AddMilliseconds(900));
        var earlier = Created("t/b", Time);

        Assert.Equal("t/a", TableOf(later, earlier).Match(Host, "/").Route!.Source.Name.ToString()); // D6a: whole seconds
    }

    [Fact]
    public void Match_TimestampsWithOffsets_AreComparedAsInstants()
    {
        var later = Created("t/a", new DateTimeOffset(2020, 1, 1, 9, 0, 1, TimeSpan.Zero));
        var earlier = Created("t/b", new DateTimeOffset(2020, 1, 1, 10, 0, 0, TimeSpan.FromHours(1)));

        Assert.Equal("t/b", TableOf(later, earlier).Match(Host, "/").Route!.Source.Name.ToString());
    }

    [Fact]
    public void Match_MissingTimestamp_IsTheOldest()
        => Assert.Equal("t/z", TableOf(Created("t/a", Time), Created("t/z", null)).Match(Host, "/").Route!.Source.Name.ToString()); // D4

    [Fact]
    public void Match_LoserOfOnePath_KeepsItsOthers()
    {
        var table = TableOf(
            Some.Ingress("older", [Some.Rule(Host, Some.Prefix("/a", "older"))], ageSeconds: 0),
            Some.Ingress("younger", [Some.Rule(Host, Some.Prefix("/a", "younger"), Some.Prefix("/b", "younger"))], ageSeconds: 1));

        Assert.Equal("older", table.Answer(Host, "/a")); // 5.4
        Assert.Equal("younger", table.Answer(Host, "/b"));
    }

    [Fact]
    public void Match_SamePathOfAnotherType_IsNoConflict()
    {
        var table = TableOf(
            Some.Ingress("older", [Some.Rule(Host, Some.Prefix("/a", "older"))], ageSeconds: 0),
            Some.Ingress("younger", [Some.Rule(Host, Some.Exact("/a", "younger"))], ageSeconds: 1));

        Assert.Equal("younger", table.Answer(Host, "/a")); // 5.4: per (host, path, type); specificity beats age
        Assert.Equal("older", table.Answer(Host, "/a/"));
    }

    [Fact]
    public void Match_HostOfSeveralNamespaces_PathsAreMerged()
    {
        var table = TableOf(
            Some.Ingress("one/i", [Some.Rule(Host, Some.Prefix("/a", "one"))]),
            Some.Ingress("two/i", [Some.Rule(Host, Some.Prefix("/b", "two"))]));

        Assert.Equal("one", table.Match(Host, "/a").Route!.Service!.Name.Namespace); // 5.5, D21
        Assert.Equal("two", table.Match(Host, "/b").Route!.Service!.Name.Namespace);
    }

    private static DateTimeOffset Time => new(2020, 1, 1, 9, 0, 0, TimeSpan.Zero);

    private static IngressResource Created(string name, DateTimeOffset? time)
    {
        var ingress = Some.Ingress(name, [Some.Rule(Host, Some.Prefix("/"))]);
        return ingress with { Metadata = ingress.Metadata with { CreationTimestamp = time } };
    }
}

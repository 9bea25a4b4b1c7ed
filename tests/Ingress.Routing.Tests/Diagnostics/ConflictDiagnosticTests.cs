using Ingress.Routing.Diagnostics;
using Ingress.Routing.Tests.Shared;
using static Ingress.Routing.Tests.Shared.RouteTableAnswers;

namespace Ingress.Routing.Tests.Diagnostics;

/// <summary>Every conflict is observable, with winner and loser (semantics 5.7, D21).</summary>
public sealed class ConflictDiagnosticTests
{
    private const string Host = "h.test";

    [Theory]
    [InlineData("/a", "/a", "Prefix")]
    [InlineData("/a", "/%61", "Prefix")] // the same canonical path
    [InlineData("/a", "/a", "Exact")]
    [InlineData("/a", "/a", "ImplementationSpecific")]
    public void PathConflict_NamesWinnerAndLoser(string older, string younger, string type)
    {
        var table = TableOf(
            Some.Ingress("t/older", [Some.Rule(Host, Some.Path(type, older))], ageSeconds: 0),
            Some.Ingress(
                "t/younger",
                [Some.Rule("other.test", Some.Prefix("/")), Some.Rule(Host, Some.Prefix("/x"), Some.Path(type, younger))],
                ageSeconds: 1));

        var diagnostic = Only(table, IngressDiagnosticIds.PathConflict);

        Assert.Equal("Ingress/t/younger", diagnostic.Resource.ToString());
        Assert.StartsWith("spec.rules[1].http.paths[1]", diagnostic.Field, StringComparison.Ordinal);
        Assert.Contains("t/older", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("t/younger", diagnostic.Message, StringComparison.Ordinal);
        Assert.Null(diagnostic.FieldError); // the API server accepts it
    }

    [Fact]
    public void PathConflict_WithinOneIngress_IsReportedToo()
    {
        var table = TableOf(Some.Ingress("t/i", [Some.Rule(Host, Some.Prefix("/a")), Some.Rule(Host, Some.Prefix("/a"))]));

        // D6b
        Assert.StartsWith("spec.rules[1].http.paths[0]", Only(table, IngressDiagnosticIds.PathConflict).Field, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Prefix /a", "Exact /a")]
    [InlineData("Prefix /a", "Prefix /b")]
    [InlineData("Exact /a", "Exact /a/")]
    public void PathConflict_DifferentClaims_AreNone(string one, string other)
    {
        var paths = new[] { one, other }.Select(text => text.Split(' ')).Select(parts => Some.Path(parts[0], parts[1]));

        Assert.DoesNotContain(TableOf(Some.Ingress("i", [Some.Rule(Host, [.. paths])])).Diagnostics, IsConflict);
    }

    [Fact]
    public void PathConflict_SamePathOfAnotherHost_IsNone()
        => Assert.DoesNotContain(
            TableOf(Some.Ingress("i", [Some.Rule("a.test", Some.Prefix("/")), Some.Rule("*.test", Some.Prefix("/"))])).Diagnostics,
            IsConflict);

    [Theory]
    [InlineData("Prefix /foo/", "Prefix /foo")] // 4.6
    [InlineData("Prefix /foo", "ImplementationSpecific /foo")] // D6
    [InlineData("ImplementationSpecific /foo/", "Prefix /foo")]
    public void PathShadowed_PathThatNeverWins_IsReported(string winner, string loser)
    {
        var paths = new[] { loser, winner }.Select(text => text.Split(' ')).Select(parts => Some.Path(parts[0], parts[1]));
        var table = TableOf(Some.Ingress("t/i", [Some.Rule(Host, [.. paths])]));

        var diagnostic = Only(table, IngressDiagnosticIds.PathShadowed);

        Assert.StartsWith("spec.rules[0].http.paths[0]", diagnostic.Field, StringComparison.Ordinal);
    }

    [Fact]
    public void HostShared_AcrossNamespaces_IsReported()
    {
        var table = TableOf(
            Some.Ingress("one/i", [Some.Rule(Host, Some.Prefix("/a"))], ageSeconds: 0),
            Some.Ingress("two/i", [Some.Rule(Host, Some.Prefix("/b"))], ageSeconds: 1));

        var diagnostic = Only(table, IngressDiagnosticIds.HostShared);

        Assert.Equal("Ingress/two/i", diagnostic.Resource.ToString());
        Assert.Contains("one/i", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HostShared_WithinANamespace_IsNotReported()
    {
        var table = TableOf(
            Some.Ingress("one/i", [Some.Rule(Host, Some.Prefix("/a"))]), Some.Ingress("one/j", [Some.Rule(Host, Some.Prefix("/b"))]));

        Assert.DoesNotContain(table.Diagnostics, d => d.Id == IngressDiagnosticIds.HostShared);
    }

    [Fact]
    public void HostNotOwned_OldestNamespaceOnly_LeavesTheRulesOfOthersOut()
    {
        var table = IngressRouteTable.Compile(
            Some.Snapshot(
                Some.Ingress("one/i", [Some.Rule(Host, Some.Prefix("/a", "owner"))], ageSeconds: 0),
                Some.Ingress("one/j", [Some.Rule(Host, Some.Prefix("/b", "owner"))], ageSeconds: 2),
                Some.Ingress(
                    "two/i",
                    [Some.Rule(Host, Some.Prefix("/a/longer", "guest")), Some.Rule("two.test", Some.Prefix("/", "guest"))],
                    Some.Backend("guest"),
                    ageSeconds: 1)),
            new() { HostSharing = HostSharing.OldestNamespaceOnly });

        Assert.Equal("owner", table.Answer(Host, "/a/longer")); // 16.2: specificity diverts nothing any more
        Assert.Equal("owner", table.Answer(Host, "/b"));
        Assert.Equal("404", table.Answer(Host, "/c")); // nor does a default backend
        Assert.Equal("guest", table.Answer("two.test", "/"));
        Assert.Equal("Ingress/two/i", Only(table, IngressDiagnosticIds.HostNotOwned).Resource.ToString());
        Assert.DoesNotContain(table.Diagnostics, d => d.Id == IngressDiagnosticIds.HostShared);
    }

    [Fact]
    public void HostNotOwned_ClaimWithoutPaths_OwnsTheHostToo()
    {
        var table = IngressRouteTable.Compile(
            Some.Snapshot(
                Some.Ingress("one/i", [new() { Host = Host }], ageSeconds: 0),
                Some.Ingress("two/i", [Some.Rule(Host, Some.Prefix("/", "guest"))], ageSeconds: 1)),
            new() { HostSharing = HostSharing.OldestNamespaceOnly });

        Assert.Equal("404", table.Answer(Host, "/")); // 7.6
    }

    [Fact]
    public void DefaultBackendConflict_SecondGlobal_NamesTheFirst()
    {
        var table = TableOf(
            Some.Ingress(
                "t/older",
                defaultBackend: Some.Backend("web"),
                ageSeconds: 0), Some.Ingress("t/younger", defaultBackend: Some.Backend("web"), ageSeconds: 1));

        var diagnostic = Only(table, IngressDiagnosticIds.DefaultBackendConflict);

        Assert.Equal("Ingress/t/younger", diagnostic.Resource.ToString());
        Assert.Equal("spec.defaultBackend", diagnostic.Field);
        Assert.Contains("t/older", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DefaultBackendConflict_SecondOfAHost_NamesTheFirst()
    {
        var table = TableOf(
            Some.Ingress("t/older", [Some.Rule(Host, Some.Prefix("/a"))], Some.Backend("web"), ageSeconds: 0),
            Some.Ingress("t/younger", [Some.Rule(Host, Some.Prefix("/b"))], Some.Backend("web"), ageSeconds: 1));

        Assert.Equal("Ingress/t/younger", Only(table, IngressDiagnosticIds.DefaultBackendConflict).Resource.ToString());
    }

    [Fact]
    public void DuplicateObject_WithDifferentContent_IsReportedWhateverTheOrder()
    {
        var one = Some.Ingress("t/i", [Some.Rule(Host, Some.Prefix("/", "one"))]);
        var other = Some.Ingress("t/i", [Some.Rule(Host, Some.Prefix("/", "other"))]);

        Only(TableOf(one, other), IngressDiagnosticIds.DuplicateObject);
        Assert.Equal(TableOf(one, other).Answer(Host, "/"), TableOf(other, one).Answer(Host, "/")); // 5.9
    }

    [Fact]
    public void DuplicateObject_NewerVersion_IsUsedWhateverTheOrder()
    {
        var older = Some.Ingress("t/i", [Some.Rule(Host, Some.Prefix("/", "older"))]);
        var newer = Some.Ingress("t/i", [Some.Rule(Host, Some.Prefix("/", "newer"))]);
        older = older with { Metadata = older.Metadata with { ResourceVersion = "999" } };
        newer = newer with { Metadata = newer.Metadata with { ResourceVersion = "1000" } };

        Assert.Equal("newer", TableOf(older, newer).Answer(Host, "/"));
        Assert.Equal("newer", TableOf(newer, older).Answer(Host, "/"));
    }

    [Fact]
    public void DuplicateObject_SameInstanceTwice_IsOne()
    {
        var ingress = Some.Ingress("t/i", [Some.Rule(Host, Some.Prefix("/"))]);
        var table = TableOf(ingress, ingress);

        Assert.Single(table.Routes);
        Assert.DoesNotContain(table.Diagnostics, d => d.Id == IngressDiagnosticIds.DuplicateObject || IsConflict(d));
    }

    [Theory]
    [InlineData("/a%00b", false)]
    [InlineData("/a%5Cb", true)]
    public void UnreachablePath_IsReported(string path, bool rejectEncodedSeparators)
    {
        var table = IngressRouteTable.Compile(
            Some.Snapshot(
                Some.Ingress("i", [Some.Rule(Host, Some.Exact(path))])), new() { RejectEncodedSeparators = rejectEncodedSeparators });

        Assert.StartsWith("spec.rules[0].http.paths[0]", Only(table, IngressDiagnosticIds.UnreachablePath).Field, StringComparison.Ordinal);
        Assert.Equal("400", table.Answer(Host, path));
    }

    [Fact]
    public void SourceDiagnostics_AreAmongTheOthers()
    {
        var reported = new IngressDiagnostic
        {
            Id = IngressDiagnosticIds.UnreadableManifest,
            Severity = IngressDiagnosticSeverity.Error,
            Message = "It is broken.",
        };

        Assert.Same(reported, Assert.Single(IngressRouteTable.Compile(new() { SourceDiagnostics = [reported] }).Diagnostics));
    }

    private static bool IsConflict(IngressDiagnostic diagnostic) => diagnostic.Id is IngressDiagnosticIds.PathConflict;

    private static IngressDiagnostic Only(IngressRouteTable table, string id) => Assert.Single(table.Diagnostics, d => d.Id == id);
}

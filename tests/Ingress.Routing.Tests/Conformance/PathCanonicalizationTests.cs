using Ingress.Routing.Tests.Shared;
using static Ingress.Routing.Tests.Shared.RouteTableAnswers;

namespace Ingress.Routing.Tests.Conformance;

/// <summary>Section 8 of the semantics: one view of the path for policy, router and backend (D8, D9, D10).</summary>
public sealed class PathCanonicalizationTests
{
    private static readonly IngressRouteTable s_table = TableOf(Some.Ingress("all", [Some.Rule(null, Some.Prefix("/"))]));

    // The rows of 8.2, with the outcome that D8 and D9 give.
    [Theory]
    [InlineData("/a/../b", "/b")]
    [InlineData("/a/%2e%2e/b", "/b")]
    [InlineData("/a/.%2E/b", "/b")]
    [InlineData("/..", "/")]
    [InlineData("/../a", "/a")]
    [InlineData("/../../etc/passwd", "/etc/passwd")]
    [InlineData("//a", "/a")]
    [InlineData("/a//b", "/a/b")]
    [InlineData("/a///b//", "/a/b/")]
    [InlineData("/a//../b", "/a/b")] // dots first, then slashes
    [InlineData("/a%2Fb", "/a%2Fb")]
    [InlineData("/a%2fb", "/a%2Fb")]
    [InlineData("/a/..%2fb", "/a/..%2Fb")]
    [InlineData("/a/..%5cb", "/a/..%5Cb")]
    [InlineData("/%61", "/a")]
    [InlineData("/%41%5A%7a%30%2D%2E%5f%7E", "/AZz0-._~")]
    [InlineData("/a%252e", "/a%252e")] // decoded once: the escape is that of '%'
    [InlineData("/a%252Fb", "/a%252Fb")]
    [InlineData("/a%252e%252e/b", "/a%252e%252e/b")]
    [InlineData("/a/..;x/b", "/a/..;x/b")]
    [InlineData("/a;x=1/b", "/a;x=1/b")]
    [InlineData("/%3b", "/%3B")]
    [InlineData("/a+b", "/a+b")]
    [InlineData("/a%2Bb", "/a%2Bb")]
    [InlineData("/a%20b", "/a%20b")]
    [InlineData("/%c3%a9", "/%C3%A9")]
    [InlineData("/%ff", "/%FF")]
    [InlineData("/%3f%23%25", "/%3F%23%25")]
    [InlineData("/a%0Ab", "/a%0Ab")]
    [InlineData("/%7f", "/%7F")]
    [InlineData("/[a]", "/%5Ba%5D")]
    [InlineData("/\"<>^`{|}", "/%22%3C%3E%5E%60%7B%7C%7D")]
    [InlineData("/!$&'()*+,;=:@-._~", "/!$&'()*+,;=:@-._~")]
    [InlineData("/%21", "/%21")] // only unreserved characters are decoded
    public void Match_Target_HasCanonicalPath(string target, string expected) => Assert.Equal(expected, s_table.CanonicalPath(target));

    // RFC 3986, 5.2.4: a trailing dot element leaves its slash, and an empty element counts as one.
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/.", "/")]
    [InlineData("/./", "/")]
    [InlineData("/a/.", "/a/")]
    [InlineData("/a/./", "/a/")]
    [InlineData("/a/..", "/")]
    [InlineData("/a/b/..", "/a/")]
    [InlineData("/a/b/../", "/a/")]
    [InlineData("/a/b/../..", "/")]
    [InlineData("/a/b/c/./../../g", "/a/g")]
    [InlineData("/a/...", "/a/...")]
    [InlineData("/.a/..b", "/.a/..b")]
    [InlineData("/a./b..", "/a./b..")]
    [InlineData("//..", "/")]
    [InlineData("//../a", "/a")]
    [InlineData("/..//a", "/a")]
    [InlineData("/a/b//..//c", "/a/b/c")]
    [InlineData("/.well-known/acme", "/.well-known/acme")]
    public void Match_TargetWithDotElements_RemovesThem(string target, string expected)
        => Assert.Equal(expected, s_table.CanonicalPath(target));

    [Theory]
    [InlineData("/a?x", "/a")]
    [InlineData("/a?", "/a")]
    [InlineData("/a?b/../c", "/a")]
    [InlineData("/a%3Fb?c", "/a%3Fb")]
    [InlineData("/?/..", "/")]
    [InlineData("http://h.test", "/")]
    [InlineData("http://h.test?x", "/")]
    [InlineData("http://h.test/", "/")]
    [InlineData("http://h.test/a/../b?x", "/b")]
    [InlineData("https://h.test//a", "/a")]
    public void Match_TargetForms_LeaveThePath(string target, string expected) => Assert.Equal(expected, s_table.CanonicalPath(target));

    [Theory]
    [InlineData("/%")]
    [InlineData("/%4")]
    [InlineData("/%zz")]
    [InlineData("/%4g")]
    [InlineData("/%u0041")]
    [InlineData("/a%")]
    [InlineData("/%%41")]
    [InlineData("/a%00b")]
    [InlineData("/a#b")]
    [InlineData("/#")]
    [InlineData("/a#b?c")]
    [InlineData("/a b")]
    [InlineData("/ ")]
    [InlineData("/a\tb")]
    [InlineData("/a\nb")]
    [InlineData("/a\rb")]
    [InlineData("/\u0001")]
    [InlineData("/\0")]
    [InlineData("/a\u007f")]
    [InlineData("/é")]
    [InlineData("/\u2028")]
    [InlineData("/\ud83d\ude00")]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a/b")]
    [InlineData("../a")]
    public void Match_MalformedTarget_IsBadRequest(string target)
    {
        var match = s_table.Match("h.test", target);

        Assert.Equal(IngressMatchStatus.BadRequest, match.Status); // D9
        Assert.Null(match.Route);
        Assert.True(match.Path.IsEmpty);
    }

    [Fact]
    public void Match_RawBackslash_IsNeverASeparator()
        => Assert.True(s_table.CanonicalPath("/a\\..\\b") is "400" or "/a%5C..%5Cb"); // D9: refused or kept as data

    [Fact]
    public void Match_MalformedQuery_IsNoBadRequest() => Assert.Equal("/a", s_table.CanonicalPath("/a?%zz")); // D8: cut before validation

    [Fact]
    public void Match_BadRequest_ComesBeforeNotFound() => Assert.Equal("400", IngressRouteTable.Empty.Answer("h.test", "/%zz"));

    // 8.4: rule and request meet in canonical form, however each is spelled.
    [Theory]
    [InlineData("/café", "/caf%C3%A9")]
    [InlineData("/caf%C3%A9", "/caf%c3%a9")]
    [InlineData("/a b", "/a%20b")]
    [InlineData("/a%20b", "/a%20b")]
    [InlineData("/%61", "/a")]
    [InlineData("/a", "/%61")]
    [InlineData("/a%2e", "/a.")]
    [InlineData("/x/%2e%2e/a", "/a")]
    [InlineData("/a?b", "/a%3Fb")]
    [InlineData("/a#b", "/a%23b")]
    [InlineData("/[a]", "/%5ba%5d")]
    [InlineData("/%5ba%5d", "/[a]")]
    [InlineData("/a;b", "/a;b")]
    [InlineData("/a\nb", "/a%0Ab")]
    [InlineData("/\ud83d\ude00", "/%F0%9F%98%80")]
    public void Match_RulePath_IsComparedInCanonicalForm(string rulePath, string target)
        => Assert.Equal("web", TableOf(Some.Ingress("i", [Some.Rule(null, Some.Exact(rulePath))])).Answer("h.test", target));

    [Theory]
    [InlineData("/a/b", "/a%2Fb")] // an encoded slash is data
    [InlineData("/a;b", "/a%3Bb")] // so is an encoded semicolon
    [InlineData("/a b", "/a+b")] // '+' is no blank
    [InlineData("/a", "/a;x=1")] // parameters are part of the element
    [InlineData("/a", "/%2561")] // one decode only
    public void Match_DifferentData_IsNotTheSamePath(string rulePath, string target)
        => Assert.Equal(
            "404", TableOf(Some.Ingress("i", [Some.Rule(null, Some.Exact(rulePath), Some.Prefix(rulePath))])).Answer("h.test", target));

    [Fact]
    public void Routes_Path_IsCanonicalAndPathAsWrittenIsNot()
    {
        var route = Assert.Single(TableOf(Some.Ingress("i", [Some.Rule(null, Some.ImplementationSpecific("/x//../%61é/"))])).Routes);

        Assert.Equal("/x/a%C3%A9/", route.Path);
        Assert.Equal("/x//../%61é/", route.PathAsWritten);
    }

    [Theory]
    [InlineData("/a%2Fb", "400")]
    [InlineData("/a%2fb", "400")]
    [InlineData("/a%5Cb", "400")]
    [InlineData("/a%5cb", "400")]
    [InlineData("/a?b%2F", "/a")]
    [InlineData("/a%252Fb", "/a%252Fb")]
    [InlineData("/a%2e/b", "/a./b")]
    public void Match_RejectEncodedSeparators_RefusesThemInThePathOnly(string target, string expected)
        => Assert.Equal(expected, IngressRouteTable.Compile(s_table.Snapshot, new() { RejectEncodedSeparators = true }).CanonicalPath(target)); // 8.7

    [Theory]
    [InlineData("/a//b", "/a//b")]
    [InlineData("//a", "//a")]
    [InlineData("/a//../b", "/a/b")]
    [InlineData("/a/../b", "/b")]
    [InlineData("/a///", "/a///")]
    public void Match_KeepSlashes_KeepsThem(string target, string expected)
        => Assert.Equal(expected, IngressRouteTable.Compile(s_table.Snapshot, new() { KeepSlashes = true }).CanonicalPath(target)); // 8.7

    [Fact]
    public void Match_CanonicalTarget_IsASliceOfIt()
    {
        const string Target = "/a/b?c";
        var match = s_table.Match("h.test", Target);

        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetString(match.Path, out var text, out var start, out var length));
        Assert.Same(Target, text);
        Assert.Equal((0, 4), (start, length));
    }
}

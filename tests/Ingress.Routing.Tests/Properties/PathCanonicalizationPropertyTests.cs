using System.Text.RegularExpressions;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Properties;

/// <summary>D8 and D9 over every target that a few interesting tokens can make up, instead of over a sample.</summary>
public sealed class PathCanonicalizationPropertyTests
{
    // 10 tokens, up to 5 of them behind a slash: 111,111 targets.
    private static readonly string[] s_tokens = ["/", ".", "a", "%2e", "%2F", "%61", ";", "%c3%a9", "%", "["];

    private static readonly IngressRouteTable s_table = RouteTableAnswers.TableOf(Some.Ingress("all", [Some.Rule(null, Some.Prefix("/"))]));

    private static readonly IngressRouteTable s_keepingSlashes = IngressRouteTable.Compile(
        s_table.Snapshot, new RouteTableOptions { KeepSlashes = true });

    private static readonly IngressRouteTable s_rejectingSeparators = IngressRouteTable.Compile(
        s_table.Snapshot, new RouteTableOptions { RejectEncodedSeparators = true });

    [Fact]
    public void Match_EveryTargetOfUpToFiveTokens_HasTheCanonicalPathOfTheReference()
        => Assert.All([s_table, s_keepingSlashes, s_rejectingSeparators], table => Assert.Empty(Targets(5)
            .Select(
                target => (
                    Target: target, Expected: ReferencePath.OfTarget(target, table.Options) ?? "400", Actual: table.CanonicalPath(target)))
            .Where(row => row.Expected != row.Actual)
            .Take(5)));

    [Fact]
    public void Match_CanonicalPathAsTarget_IsKept()
        => Assert.All([s_table, s_keepingSlashes], table => Assert.Empty(CanonicalPaths(table)
            .Where(path => table.CanonicalPath(path) != path)
            .Take(5)));

    [Fact]
    public void Match_CanonicalPath_HasNoDotElementNoDoubleSlashAndNoNeedlessEscape()
        => Assert.Empty(CanonicalPaths(s_table)
            .Where(path => Regex.IsMatch(path, @"/\.\.?(/|\z)") || path.Contains("//") || Regex.Matches(path, "%..").Any(IsNeedless))
            .Take(5));

    private static bool IsNeedless(Match escape)
    {
        var decoded = (char)Convert.ToByte(escape.Value[1..], 16);
        return escape.Value.Any(char.IsAsciiLetterLower) || char.IsAsciiLetterOrDigit(decoded) || decoded is '-' or '.' or '_' or '~';
    }

    private static IEnumerable<string> CanonicalPaths(IngressRouteTable table)
        => Targets(5).Select(target => table.CanonicalPath(target)).Where(path => path != "400");

    private static IEnumerable<string> Targets(int tokens)
        => Enumerable.Range(0, tokens + 1).SelectMany(length => Words(length).Select(word => "/" + word));

    private static IEnumerable<string> Words(int length)
        => length == 0 ? [""] : Words(length - 1).SelectMany(word => s_tokens.Select(token => word + token));
}

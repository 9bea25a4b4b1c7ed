using Ingress.Routing.Docs.Tests.Markdown;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>Rule paths of one type against request paths (semantics 4.5).</summary>
internal sealed class PathTable : ITableRunner
{
    public bool Recognizes(IReadOnlyList<string> header) => header is ["path type", "rule paths", "request path", "result"];

    public void Run(MarkdownRow row)
    {
        var rule = Some.Rule("shop.example.test", [.. row.CodesOrNone("rule paths").Select(path => Some.Path(row["path type"], path))]);
        var table = IngressRouteTable.Compile(Some.Snapshot(Some.Ingress("web", [rule])));

        Assert.DoesNotContain(table.Diagnostics, diagnostic => diagnostic.FieldError is not null);
        Assert.All(row.Codes("request path"), path => AssertResult(row["result"], table.Match("shop.example.test", path)));
    }

    private static void AssertResult(string result, IngressMatch match)
    {
        if (result is "match" or "no match")
        {
            Assert.Equal(result == "match" ? IngressMatchStatus.Rule : IngressMatchStatus.NotFound, match.Status);
        }
        else
        {
            Assert.Equal(result.Trim('`'), match.Route?.PathAsWritten);
        }
    }
}

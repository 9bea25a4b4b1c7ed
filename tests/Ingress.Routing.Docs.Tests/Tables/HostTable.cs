using Ingress.Routing.Docs.Tests.Markdown;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>One rule host against request hosts (semantics 3).</summary>
internal sealed class HostTable : ITableRunner
{
    public bool Recognizes(IReadOnlyList<string> header) => header is ["rule host", "request host", "result", "because"];

    public void Run(MarkdownRow row)
    {
        var rule = Some.Rule(row.Code("rule host"), Some.Prefix("/"));
        var table = IngressRouteTable.Compile(Some.Snapshot(Some.Ingress("web", [rule])));

        Assert.All(row.CodesOrNone("request host"), host => Assert.Equal(Expected(row["result"]), table.Match(host, "/").Status));
    }

    private static IngressMatchStatus Expected(string result) => result switch
    {
        "match" => IngressMatchStatus.Rule,
        "no match" => IngressMatchStatus.NotFound,
        "400" => IngressMatchStatus.BadRequest,
        _ => throw new FormatException($"The result '{result}' is not understood."),
    };
}

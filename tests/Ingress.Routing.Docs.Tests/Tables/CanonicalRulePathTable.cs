using Ingress.Routing.Docs.Tests.Markdown;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>Rule paths and their canonical form (semantics 8.4).</summary>
internal sealed class CanonicalRulePathTable : ITableRunner
{
    public bool Recognizes(IReadOnlyList<string> header) => header is ["rule path", "canonical rule path"];

    public void Run(MarkdownRow row)
    {
        var rule = Some.Rule("shop.example.test", Some.Prefix(row.Code("rule path")!));
        var table = IngressRouteTable.Compile(Some.Snapshot(Some.Ingress("web", [rule])));

        Assert.Equal(row.Code("canonical rule path"), Assert.Single(table.Routes).Path);
    }
}

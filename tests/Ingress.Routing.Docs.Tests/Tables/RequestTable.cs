using Ingress.Routing.Docs.Tests.Markdown;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>Requests against the block <c>rules</c> above the table (semantics 5, 6 and 7).</summary>
internal sealed class RequestTable : ITableRunner
{
    public bool Recognizes(IReadOnlyList<string> header) => header is ["request", "route", "because"];

    public void Run(MarkdownRow row)
    {
        var (host, target) = RequestText.Split(row["request"]);
        var match = RulesBlock.Compile(row.Table.Scenario("rules")).Match(host, target);

        Assert.Equal(row["route"], RequestText.Outcome(match));
    }
}

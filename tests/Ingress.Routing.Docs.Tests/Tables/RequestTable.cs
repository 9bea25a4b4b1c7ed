using Ingress.Routing.Docs.Tests.Markdown;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>Requests against the block <c>rules</c> above the table (semantics 5, 6 and 7).</summary>
internal sealed class RequestTable : ITableRunner
{
    public bool Recognizes(IReadOnlyList<string> header) => header is ["request", "route", "because"];

    public void Run(MarkdownRow row)
    {
        // Before the URL there may be a method and headers.
        var words = row["request"].Trim('`').Split(' ');
        var (host, target) = RequestText.Split(row["request"] is ['(', ..] written ? written : words[^1]);
        var request = new RouteRequest
        {
            Method = words.Length > 1 && !words[0].Contains(':', StringComparison.Ordinal) ? words[0] : "GET",
            Headers = words.SkipLast(1).Where(static word => word.Contains(':', StringComparison.Ordinal)).Select(static word => word.Split(':')).ToDictionary(static pair => pair[0], static pair => pair[1]),
        };
        var match = RulesBlock.Compile(row.Table.Scenario("rules")).Match(host, target, request);

        var answer = match.Route?.Policies.Evaluate(new PolicyRequest(match, host ?? "")) ?? PolicyOutcome.Continue;
        Assert.Equal(row["route"], answer.Location is null ? RequestText.Outcome(match) : $"{answer.Status}");
    }
}

using Ingress.Routing.Docs.Tests.Markdown;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>The list of decisions: each is stated where it belongs, in bold with a full stop (semantics 18).</summary>
internal sealed class DecisionTable : ITableRunner
{
    public bool Recognizes(IReadOnlyList<string> header) => header is ["id", "decision", "because"];

    public void Run(MarkdownRow row)
    {
        var text = string.Join('\n', SemanticsTests.Document.Text);

        // D11 is stated in parts: D11a, D11b, D11c.
        Assert.True(
            text.Contains($"**{row["id"]}.**", StringComparison.Ordinal) || text.Contains($"**{row["id"]}a.**", StringComparison.Ordinal),
            $"The text does not state {row["id"]}.");
    }
}

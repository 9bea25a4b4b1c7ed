using Ingress.Routing.Docs.Tests.Markdown;
using Ingress.Routing.Docs.Tests.Tables;

namespace Ingress.Routing.Docs.Tests;

/// <summary>Runs every row of every table of docs/semantics.md.</summary>
public sealed class SemanticsTests
{
    private static readonly ITableRunner[] s_runners =
    [
        new AgeTable(),
        new CanonicalPathTable(),
        new CanonicalRulePathTable(),
        new CertificateTable(),
        new ClassTable(),
        new DecisionTable(),
        new DestinationTable(),
        new HostTable(),
        new KeyKindTable(),
        new PathTable(),
        new RequestTable(),
        new StatusTable(),
        new TlsDeciderTable(),
        new TlsVerdictTable(),
        new ValidationTable(),
    ];

    internal static MarkdownDocument Document { get; } = MarkdownDocument.Load("docs/semantics.md");

    public static TheoryData<int, string> Rows()
    {
        var data = new TheoryData<int, string>();
        foreach (var row in Document.Tables.SelectMany(table => table.Rows))
        {
            data.Add(row.Line, row.Text);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_IsTrue(int line, string text)
    {
        var row = Document.Tables.SelectMany(table => table.Rows).Single(row => row.Line == line);

        Assert.Equal(text, row.Text);
        RunnerOf(row.Table).Run(row);
    }

    [Fact]
    public void Tables_EachHasOneRunnerAndRows()
    {
        Assert.NotEmpty(Document.Tables);
        Assert.All(Document.Tables, table =>
        {
            Assert.NotNull(RunnerOf(table));
            Assert.NotEmpty(table.Rows);
        });
    }

    [Fact]
    public void Runners_EachHasATable()
        => Assert.All(s_runners, runner => Assert.Contains(Document.Tables, table => runner.Recognizes(table.Header)));

    private static ITableRunner RunnerOf(MarkdownTable table)
    {
        var runners = s_runners.Where(runner => runner.Recognizes(table.Header)).ToList();
        Assert.True(runners.Count == 1, $"{table.Place}: {runners.Count} runners recognise the header '{table.HeaderText}'.");
        return runners[0];
    }
}

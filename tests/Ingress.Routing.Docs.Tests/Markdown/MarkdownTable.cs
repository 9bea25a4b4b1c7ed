namespace Ingress.Routing.Docs.Tests.Markdown;

/// <summary>A table, and the fenced block above it that it may refer to.</summary>
internal sealed class MarkdownTable(string file, int line, IReadOnlyList<string> header, MarkdownBlock? scenario)
{
    private readonly List<MarkdownRow> _rows = [];

    public string Place => $"{file}:{line}";

    public IReadOnlyList<string> Header { get; } = header;

    public IReadOnlyList<MarkdownRow> Rows => _rows;

    public string HeaderText => string.Join(" | ", Header);

    public void Add(IReadOnlyList<string> cells, int row)
    {
        Assert.True(cells.Count == Header.Count, $"{file}:{row}: the row has {cells.Count} cells, its header {Header.Count}.");
        _rows.Add(new(this, cells, row));
    }

    /// <summary>The text of the block above the table.</summary>
    public string Scenario(string language)
    {
        Assert.True(scenario?.Language == language, $"{Place}: the table needs a block '{language}' above it.");
        return scenario.Text;
    }
}

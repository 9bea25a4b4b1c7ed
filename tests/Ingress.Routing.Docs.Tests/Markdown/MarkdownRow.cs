using System.Text.RegularExpressions;

namespace Ingress.Routing.Docs.Tests.Markdown;

/// <summary>A row: cells by the name of their column.</summary>
internal sealed partial class MarkdownRow(MarkdownTable table, IReadOnlyList<string> cells, int line)
{
    public MarkdownTable Table { get; } = table;

    public int Line { get; } = line;

    public string Text => string.Join(" | ", cells);

    /// <summary>The cell of a column, as written.</summary>
    public string this[string column]
    {
        get
        {
            var index = Table.Header.ToList().FindIndex(name => name.StartsWith(column, StringComparison.Ordinal));
            Assert.True(index >= 0, $"{Table.Place}: there is no column '{column}'.");
            return cells[index];
        }
    }

    /// <summary>The code in a cell; null when the cell says <c>absent</c>, <c>(none)</c> or <c>(any)</c>, or nothing.</summary>
    public string? Code(string column) => Codes(column) switch
    {
        [] => null,
        [var one] => one,
        _ => throw new InvalidOperationException($"Line {Line}: '{column}' holds several values."),
    };

    /// <summary>Each piece of code in a cell.</summary>
    public IReadOnlyList<string> Codes(string column)
    {
        var cell = this[column];
        var codes = CodeSpans().Matches(cell).Select(match => match.Groups[1].Value).ToList();
        Assert.True(codes.Count > 0 || cell is "" or "absent" or "(none)" or "(any)" or "none", $"Line {Line}: '{cell}' is not understood.");
        return codes;
    }

    /// <summary>Each piece of code in a cell, or one null when there is none.</summary>
    public IReadOnlyList<string?> CodesOrNone(string column) => [.. Codes(column).Cast<string?>().DefaultIfEmpty(null)];

    public static IReadOnlyList<string> Split(string line)
        => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex CodeSpans();
}

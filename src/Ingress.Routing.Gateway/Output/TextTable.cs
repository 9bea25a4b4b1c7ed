namespace Ingress.Routing.Gateway.Output;

/// <summary>Columns as wide as their widest cell, with two blanks between them.</summary>
internal sealed class TextTable
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row, which has as many cells as every other.</summary>
    public void Add(params string[] cells) => _rows.Add([.. cells.Select(PrintableText.Escape)]);

    public void Write(TextWriter output)
    {
        var columns = _rows.Count == 0 ? 0 : _rows[0].Length;
        int[] widths = [.. Enumerable.Range(0, columns).Select(column => _rows.Max(row => row[column].Length))];
        foreach (var row in _rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}

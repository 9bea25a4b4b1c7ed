using System.Text;
using Ingress.Routing.Comparison;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes a comparison for a comment on a pull request: a summary, a table, and what few will look up folded away.</summary>
/// <remarks>Code hosts take comments of up to 65,536 characters. Whatever the manifests are, the text stays well below.</remarks>
internal static class DiffMarkdownPrinter
{
    private const int MostRows = 50;
    private const int MostCellLength = 150;

    public static void Write(RouteTableComparison comparison, TextWriter output)
    {
        if (!comparison.HasDifferences)
        {
            output.WriteLine("### Ingress routing: no change");
            output.WriteLine();
            output.WriteLine(DiffSummary.Nothing);
            return;
        }

        var changes = comparison.Hosts.SelectMany(static host => RouteChange.Of(host)).ToList();
        output.WriteLine("### Ingress routing changes");
        output.WriteLine();
        output.WriteLine($"**{DiffSummary.Of(comparison, changes.Count)}.**");
        WriteTable(output, ["", "host", "paths", "before", "after", "try"], changes, static change =>
        [
            change.Kind,
            Code(DiffSummary.HostsOf(change.Differences[0].Hosts)),
            Code(change.Paths),
            Code(change.Before),
            Code(change.After),
            Code(change.Differences[0].Witness.Url),
        ]);
        WriteTable(output, ["server name", "certificate before", "certificate after"], comparison.Certificates, static difference =>
            [Code(DiffSummary.NamesOf(difference.Names)), Code($"{difference.Before}"), Code($"{difference.After}")]);
        WriteTable(output, ["", "Service port", "destination before", "destination after"], comparison.Destinations, static difference =>
        [
            DiffSummary.KindOf(difference),
            Code($"{difference.Service}"),
            DiffSummary.NameOf(difference.Before),
            DiffSummary.NameOf(difference.After),
        ]);
        WritePlaces(changes, output);
    }

    private static void WriteTable<T>(TextWriter output, string[] header, IReadOnlyList<T> items, Func<T, string[]> cells)
    {
        if (items.Count == 0)
        {
            return;
        }

        output.WriteLine();
        WriteRow(header, output);
        WriteRow(Array.ConvertAll(header, static _ => "---"), output);
        foreach (var item in items.Take(MostRows))
        {
            WriteRow(cells(item), output);
        }

        WriteRest(items.Count, output);
    }

    private static void WritePlaces(List<RouteChange> changes, TextWriter output)
    {
        if (changes.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine("<details><summary>Which rules say so</summary>");
        output.WriteLine();
        foreach (var example in changes.Take(MostRows).Select(static change => change.Differences[0]))
        {
            output.WriteLine($"- {Code(example.Witness.Url)}");
            WritePlace("was", example.Before, output);
            WritePlace("now", example.After, output);
        }

        WriteRest(changes.Count, output);
        output.WriteLine();
        output.WriteLine("</details>");
    }

    private static void WritePlace(string label, RequestAnswer answer, TextWriter output)
        => output.WriteLine($"  - {label} {(answer.Route is { } route ? Code(RouteOrigin.Describe(route)) : answer.ToString())}");

    private static void WriteRow(string[] cells, TextWriter output) => output.WriteLine($"| {string.Join(" | ", cells)} |");

    private static void WriteRest(int count, TextWriter output)
    {
        if (count > MostRows)
        {
            output.WriteLine();
            output.WriteLine($"And {count - MostRows} more, which `ingress-gateway diff` lists without `--format markdown`.");
        }
    }

    // Nothing in a code span is markup but the backtick that ends it, and the pipe that ends a cell.
    private static string Code(string text)
    {
        var code = new StringBuilder(PrintableText.Escape(text));
        if (code.Length > MostCellLength)
        {
            code.Length = MostCellLength - 1;
            code.Append('…');
        }

        return $"`{code.Replace('`', '\'').Replace("|", "\\|")}`";
    }
}

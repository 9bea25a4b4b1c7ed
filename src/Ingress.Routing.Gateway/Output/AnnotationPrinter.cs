using System.Text.Json;
using Ingress.Routing.Annotations;
using Ingress.Routing.Gateway.CommandLine;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes the annotations that are understood, from the tables that they are read by.</summary>
internal static class AnnotationPrinter
{
    public static void Write(AnnotationDialect dialect, AnnotationsFormat format, TextWriter output)
    {
        IReadOnlyList<AnnotationJson> rows = [.. dialect.Annotations.Select(row => AnnotationJson.From(dialect, row))];
        switch (format)
        {
            case AnnotationsFormat.Json:
                output.WriteLine(JsonSerializer.Serialize(rows, GatewayJson.Lists.IReadOnlyListAnnotationJson));
                break;

            case AnnotationsFormat.Markdown:
                WriteMarkdown(rows, output);
                break;

            default:
                WriteText(rows, output);
                break;
        }
    }

    private static void WriteText(IReadOnlyList<AnnotationJson> rows, TextWriter output)
    {
        foreach (var row in rows)
        {
            output.WriteLine(PrintableText.Escape(row.Annotation));
            output.WriteLine(PrintableText.Escape($"    {row.Meaning}"));
            if (row.Status != AnnotationJson.Works)
            {
                output.WriteLine($"    {row.Status}.");
                continue;
            }

            output.WriteLine(PrintableText.Escape($"    Must be {row.Text}. For the {row.Scope}; when it is wrong, {row.WhenWrong}."));
        }
    }

    private static void WriteMarkdown(IReadOnlyList<AnnotationJson> rows, TextWriter output)
    {
        if (rows.Any(static row => row.Status != AnnotationJson.Works))
        {
            WriteMarkdownWithStatus(rows, output);
            return;
        }

        output.WriteLine("| annotation | about | its text must be | what it asks for | when it is wrong |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var row in rows)
        {
            output.WriteLine($"| `{row.Annotation}` | {row.Scope} | {Cell(row.Text)} | {Cell(row.Meaning)} | {row.WhenWrong} |");
        }
    }

    private static void WriteMarkdownWithStatus(IReadOnlyList<AnnotationJson> rows, TextWriter output)
    {
        output.WriteLine("| annotation | status | its text must be | what it asks for, or why it does not | when it is wrong |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var row in rows)
        {
            var names = string.Join(", ", row.Aliases.Prepend(row.Name).Select(static name => $"`{name}`"));
            var works = row.Status == AnnotationJson.Works;
            output.WriteLine($"| {names} | {row.Status} | {(works ? Cell(row.Text) : "")} | {Cell(row.Meaning)} | {(works ? row.WhenWrong : "")} |");
        }
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}

using System.Text.Json;
using Ingress.Routing.Gateway.CommandLine;
using Ingress.Routing.Nginx.Migration;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes what moving from ingress-nginx means.</summary>
internal static class MigrationPrinter
{
    public static void Write(MigrationReport report, MigrateFormat format, TextWriter output)
    {
        switch (format)
        {
            case MigrateFormat.Json:
                output.WriteLine(JsonSerializer.Serialize(MigrationJson.From(report), GatewayJson.Lists.MigrationJson));
                break;

            case MigrateFormat.Markdown:
                WriteMarkdown(report, output);
                break;

            default:
                WriteText(report, output);
                break;
        }
    }

    private static string Summary(MigrationReport report)
        => $"{report.Covered} of {PrintableText.Count(report.Ingresses.Count, "Ingress", "Ingresses")} covered without an edit; "
            + $"{report.Differing} with requests that are answered otherwise than under ingress-nginx.";

    private static void WriteText(MigrationReport report, TextWriter output)
    {
        foreach (var ingress in report.Ingresses)
        {
            Line(output, $"{ingress.Name}{(ingress.Location is null ? "" : $" ({ingress.Location})")}: {Status(ingress)}");
            if (ingress.Working.Count > 0)
            {
                Line(output, $"  works: {string.Join(", ", ingress.Working)}");
            }

            WriteNotes("without effect", ingress.WithoutEffect, output);
            WriteNotes("to edit", ingress.Refused, output);
            WriteNotes("error", ingress.Errors, output);
            WriteNotes("closed", ingress.ClosedTraps, output);
            foreach (var difference in ingress.Differences)
            {
                Line(output, $"  differs: {difference.Request} ({difference.Cause})");
                Line(output, $"    ingress-nginx: {difference.There}");
                Line(output, $"    here:          {difference.Here}");
            }
        }

        output.WriteLine();
        Line(output, Summary(report));
    }

    private static void WriteNotes(string kind, IReadOnlyList<AnnotationNote> notes, TextWriter output)
    {
        foreach (var note in notes)
        {
            Line(output, $"  {kind}: {note.Annotation}: {note.Message}");
        }
    }

    private static void WriteMarkdown(MigrationReport report, TextWriter output)
    {
        output.WriteLine("### Moving from ingress-nginx");
        output.WriteLine();
        output.WriteLine($"**{Summary(report)}**");
        WriteTable(output, ["Ingress", "status", "works", "without effect"], report.Ingresses, static ingress =>
        [
            Code(ingress.Name.ToString()),
            Status(ingress),
            Names(ingress.Working),
            Names(ingress.WithoutEffect.Select(static note => note.Annotation)),
        ]);
        WriteTable(output, ["Ingress", "what to edit", "why"], [.. Notes(report, static ingress => [.. ingress.Refused, .. ingress.Errors])], static row =>
            [Code(row.Ingress), Code(row.Note.Annotation), Cell(row.Note.Message)]);
        WriteTable(output, ["Ingress", "closed here"], [.. Notes(report, static ingress => ingress.ClosedTraps)], static row =>
            [Code(row.Ingress), Cell($"{row.Note.Annotation}: {row.Note.Message}")]);
        WriteTable(
            output,
            ["Ingress", "cause", "request", "ingress-nginx", "here"],
            [.. report.Ingresses.SelectMany(static ingress => ingress.Differences, static (ingress, difference) => (Ingress: ingress, Difference: difference))],
            static row => [Code(row.Ingress.Name.ToString()), Cell(row.Difference.Cause), Code(row.Difference.Request), Cell(row.Difference.There), Cell(row.Difference.Here)]);
    }

    private static IEnumerable<(string Ingress, AnnotationNote Note)> Notes(MigrationReport report, Func<MigratedIngress, IEnumerable<AnnotationNote>> notes)
        => report.Ingresses.SelectMany(notes, static (ingress, note) => (ingress.Name.ToString(), note));

    private static void WriteTable<T>(TextWriter output, string[] header, IReadOnlyList<T> rows, Func<T, string[]> cells)
    {
        if (rows.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine($"| {string.Join(" | ", header)} |");
        output.WriteLine($"|{string.Concat(header.Select(static _ => "---|"))}");
        foreach (var row in rows)
        {
            output.WriteLine($"| {string.Join(" | ", cells(row))} |");
        }
    }

    private static string Status(MigratedIngress ingress) => ingress.IsCovered ? "covered without an edit" : "needs an edit";

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(Code));

    private static string Code(string text) => $"`{Cell(text).Replace("`", "'", StringComparison.Ordinal)}`";

    private static string Cell(string text) => PrintableText.Escape(text).Replace("|", "\\|", StringComparison.Ordinal);

    private static void Line(TextWriter output, string text) => output.WriteLine(PrintableText.Escape(text));
}

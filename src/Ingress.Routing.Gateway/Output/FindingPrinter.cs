using System.Buffers;
using System.Globalization;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Gateway.CommandLine;
using Ingress.Routing.Model;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes findings for people: one line each, below it the line of the file, and a blank line between objects.</summary>
internal sealed class FindingPrinter(TextWriter output, TerminalStyle style, SourceLines source)
{
    private const int WidestLine = 160;

    // A line of a Secret, or of a document that could not be read, may hold a key; so may any part of a document on one long line.
    private static readonly string[] s_shownKinds = ["Ingress", "IngressClass", "Service", "EndpointSlice", "Endpoints"];

    private static readonly SearchValues<char> s_endOfFlowValue = SearchValues.Create(" ,}]\t");

    public void Write(Findings findings)
    {
        ResourceReference? group = null;
        var excerpt = DiagnosticExcerpt.Of(findings.Reported, DiagnosticExcerpt.AsResult);
        foreach (var (i, finding) in excerpt.Shown.Index())
        {
            if (i > 0 && finding.Resource != group)
            {
                output.WriteLine();
            }

            group = finding.Resource;
            Write(finding);
        }

        if (findings.Reported.Count > 0)
        {
            output.WriteLine();
        }

        if (excerpt.LeftOut is { } rest)
        {
            output.WriteLine($"{rest}; --format json lists all.");
        }

        output.WriteLine(findings.Summary);
    }

    // The same words as IngressDiagnostic.ToString, coloured.
    private void Write(IngressDiagnostic finding)
    {
        var place = DiagnosticPrinter.PlaceOf(finding) is { Length: > 0 } text ? style.Heading(PrintableText.Escape(text.TrimEnd())) + " " : "";
        var severity = Coloured(finding.Severity, DiagnosticPrinter.NameOf(finding.Severity));
        var subject = finding.Resource is { } resource ? $" {resource}" : "";
        var field = finding.Field.Length > 0 ? $" {finding.Field}" : "";
        output.WriteLine($"{place}{severity} {PrintableText.Escape($"{finding.Id}{subject}{field}: {finding.Message}")}");
        if (finding is { Location: { } shown, Resource: { } about }
            && s_shownKinds.Contains(about.Kind)
            && source.Find(shown) is { Length: <= WidestLine } line)
        {
            WriteExcerpt(line, shown, finding);
        }
    }

    private void WriteExcerpt(string line, SourceLocation location, IngressDiagnostic finding)
    {
        var (start, end) = PartOf(line, location, finding.Field);
        var number = location.Line.ToString(CultureInfo.InvariantCulture).PadLeft(5);
        var indent = PrintableText.Escape(line[..start]).Length;
        var width = Math.Max(1, PrintableText.Escape(line[start..end]).Length);
        output.WriteLine($"{style.Faint($"{number} |")} {PrintableText.Escape(line)}");
        output.WriteLine($"{style.Faint("      |")} {new string(' ', indent)}{Coloured(finding.Severity, new string('^', width))}");
    }

    // The value that stands at the location. Of an annotation it is the key that matters, and its value that is located.
    private static (int Start, int End) PartOf(string line, SourceLocation location, string field)
    {
        const string Annotation = "metadata.annotations[";
        if (field.StartsWith(Annotation, StringComparison.Ordinal)
            && line.IndexOf(field[Annotation.Length..^1], StringComparison.Ordinal) is >= 0 and var key)
        {
            return (key, key + field.Length - Annotation.Length - 1);
        }

        var start = Math.Clamp(location.Column - 1, 0, line.Length);
        var isFlow = line.AsSpan(0, start).ContainsAny('{', '[');
        return (start, start + LengthOfValue(line.AsSpan(start), isFlow));
    }

    // A value in quotes to its end, any other to whatever ends it in YAML and JSON.
    private static int LengthOfValue(ReadOnlySpan<char> rest, bool isFlow)
    {
        if (rest is ['"' or '\'', ..] && rest[1..].IndexOf(rest[0]) is >= 0 and var closing)
        {
            return closing + 2;
        }

        var end = isFlow ? rest.IndexOfAny(s_endOfFlowValue) : rest.IndexOf(" #", StringComparison.Ordinal);
        return end < 0 ? rest.TrimEnd().Length : end;
    }

    private string Coloured(IngressDiagnosticSeverity severity, string text) => severity switch
    {
        IngressDiagnosticSeverity.Error => style.Bad(text),
        IngressDiagnosticSeverity.Warning => style.Doubtful(text),
        _ => style.Heading(text),
    };
}

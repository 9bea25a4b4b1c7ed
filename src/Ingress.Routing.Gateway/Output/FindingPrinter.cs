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
    private const int ShownBefore = 60;

    private static readonly SearchValues<char> s_endOfValue = SearchValues.Create(" ,}]\t");

    public void Write(Findings findings)
    {
        ResourceReference? group = null;
        foreach (var (i, finding) in findings.Reported.Index())
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

        output.WriteLine(findings.Summary);
    }

    // The same words as IngressDiagnostic.ToString, coloured.
    private void Write(IngressDiagnostic finding)
    {
        var place = finding.Location is { } location ? style.Heading(PrintableText.Escape($"{location}:")) + " " : "";
        var severity = Coloured(finding.Severity, DiagnosticPrinter.NameOf(finding.Severity));
        var subject = finding.Resource is { } resource ? $" {resource}" : "";
        var field = finding.Field.Length > 0 ? $" {finding.Field}" : "";
        output.WriteLine($"{place}{severity} {PrintableText.Escape($"{finding.Id}{subject}{field}: {finding.Message}")}");
        if (finding.Location is { } shown && source.Find(shown) is { } line)
        {
            WriteExcerpt(line, shown, finding.Severity);
        }
    }

    private void WriteExcerpt(string line, SourceLocation location, IngressDiagnosticSeverity severity)
    {
        var start = Math.Clamp(location.Column - 1, 0, line.Length);
        var end = start + LengthOfValue(line.AsSpan(start));
        if (line.Length > WidestLine)
        {
            var cut = Math.Max(0, start - ShownBefore);
            line = line[cut..Math.Min(line.Length, cut + WidestLine)];
            (start, end) = (start - cut, Math.Min(end - cut, line.Length));
        }

        var number = location.Line.ToString(CultureInfo.InvariantCulture).PadLeft(5);
        var indent = PrintableText.Escape(line[..start]).Length;
        var width = Math.Max(1, PrintableText.Escape(line[start..end]).Length);
        output.WriteLine($"{style.Faint($"{number} |")} {PrintableText.Escape(line)}");
        output.WriteLine($"{style.Faint("      |")} {new string(' ', indent)}{Coloured(severity, new string('^', width))}");
    }

    // A value in quotes to its end, any other to whatever ends it in YAML and JSON.
    private static int LengthOfValue(ReadOnlySpan<char> rest)
    {
        if (rest is ['"' or '\'', ..] && rest[1..].IndexOf(rest[0]) is >= 0 and var closing)
        {
            return closing + 2;
        }

        var end = rest.IndexOfAny(s_endOfValue);
        return end < 0 ? rest.Length : end;
    }

    private string Coloured(IngressDiagnosticSeverity severity, string text) => severity switch
    {
        IngressDiagnosticSeverity.Error => style.Bad(text),
        IngressDiagnosticSeverity.Warning => style.Doubtful(text),
        _ => style.Heading(text),
    };
}

using System.Globalization;
using System.Xml;
using Ingress.Routing.Expectations;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes the XML of JUnit: the elements and attributes that all readers of it know, and no others.</summary>
internal static class JUnitPrinter
{
    private const string SuitesName = "ingress-gateway test";

    public static void Write(TestReport report, TextWriter output)
    {
        using (var xml = XmlWriter.Create(output, new() { Indent = true, OmitXmlDeclaration = true, CloseOutput = false }))
        {
            // Not by the writer, which would name the encoding of the text in memory.
            xml.WriteRaw("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
            xml.WriteWhitespace(output.NewLine);
            xml.WriteStartElement("testsuites");
            WriteCounts(xml, SuitesName, report.Results, report.Duration);
            foreach (var suite in report.Results.GroupBy(static result => result.Expectation.Location?.File ?? "", StringComparer.Ordinal))
            {
                WriteSuite(xml, report, suite.Key, [.. suite]);
            }

            xml.WriteEndElement();
        }

        output.WriteLine();
    }

    private static void WriteSuite(XmlWriter xml, TestReport report, string file, IReadOnlyList<ExpectationResult> results)
    {
        xml.WriteStartElement("testsuite");
        WriteCounts(xml, file, results, results.Count == report.Results.Count ? report.Duration : TimeSpan.Zero);
        xml.WriteAttributeString("skipped", "0");
        foreach (var result in results)
        {
            WriteCase(xml, report, file, result);
        }

        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, TestReport report, string file, ExpectationResult result)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", Text(result.Expectation.Title));
        xml.WriteAttributeString("classname", Text(file));
        xml.WriteAttributeString("time", "0");
        if (!result.IsMet)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", Text(string.Join("; ", result.Failures)));
            xml.WriteAttributeString("type", result.Failures[0].Subject);
            var place = result.Expectation.Location is { } location ? new[] { $"{location}" } : [];
            xml.WriteString(string.Join('\n', place.Concat(TestFailureText.Of(report.Table, result)).Select(Text)));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, string name, IReadOnlyList<ExpectationResult> results, TimeSpan duration)
    {
        xml.WriteAttributeString("name", Text(name));
        xml.WriteAttributeString("tests", Number(results.Count));
        xml.WriteAttributeString("failures", Number(results.Count(static result => !result.IsMet)));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("time", duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // XML has no way to write control characters and lone surrogates.
    private static string Text(string text)
    {
        var escaped = PrintableText.Escape(text);
        return string.Create(escaped.Length, escaped, static (span, value) =>
        {
            for (var i = 0; i < value.Length; i++)
            {
                var isPair = char.IsHighSurrogate(value[i])
                    ? i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])
                    : char.IsLowSurrogate(value[i]) && i > 0 && char.IsHighSurrogate(value[i - 1]);
                span[i] = XmlConvert.IsXmlChar(value[i]) || isPair ? value[i] : '\uFFFD';
            }
        });
    }
}

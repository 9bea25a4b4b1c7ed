namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes what failed, and how many did not.</summary>
internal static class TestTextPrinter
{
    public static void Write(TestReport report, TerminalStyle style, TextWriter output)
    {
        foreach (var result in report.Results.Where(static result => !result.IsMet))
        {
            var place = result.Expectation.Location is { } location ? $"  ({location.File}:{location.Line})" : "";
            output.WriteLine(style.Bad("FAILED") + PrintableText.Escape($"  {result.Expectation.Title}{place}"));
            foreach (var line in TestFailureText.Of(report.Table, result))
            {
                output.WriteLine(PrintableText.Escape($"        {line}"));
            }

            output.WriteLine();
        }

        var summary = $"{report.Passed} passed, {report.Failed} failed";
        output.WriteLine(report.Failed == 0 ? style.Good(summary) : style.Bad(summary));
    }
}

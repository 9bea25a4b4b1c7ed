namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes what failed, and how many did not.</summary>
internal static class TestTextPrinter
{
    public static void Write(TestReport report, TextWriter output)
    {
        foreach (var result in report.Results.Where(static result => !result.IsMet))
        {
            var place = result.Expectation.Location is { } location ? $"  ({location.File}:{location.Line})" : "";
            output.WriteLine(PrintableText.Escape($"FAILED  {result.Expectation.Title}{place}"));
            foreach (var line in TestFailureText.Of(report.Table, result))
            {
                output.WriteLine(PrintableText.Escape($"        {line}"));
            }

            output.WriteLine();
        }

        output.WriteLine($"{report.Passed} passed, {report.Failed} failed");
    }
}

using System.CommandLine;
using System.Diagnostics;
using Ingress.Routing.Expectations;
using Ingress.Routing.Gateway.Output;
using Ingress.Routing.Manifests;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary><c>test</c>: whether manifests do what a file says they should.</summary>
internal static class TestCommand
{
    public static Command Create(TextReader input)
    {
        var tests = new Argument<string[]>("TESTS")
        {
            Description = "Files of expectations, in front of --manifests.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        tests.Validators.Add(CommonOptions.RefuseUnknownOptions);
        var manifests = CommonOptions.Manifests("Files, folders, or - for standard input.");
        var init = new Option<bool>("--init")
        {
            Description = "Write expectations of what the manifests do now, one for each rule, to standard output.",
        };
        var format = FormatOption.Create(
            "'text' for people (the default), 'junit' for CI servers, or 'json': {passed, failed, tests}.",
            ("text", TestFormat.Text),
            ("json", TestFormat.Json),
            ("junit", TestFormat.JUnit));
        var tableOptions = new TableOptions();
        var source = new InputOptions();
        var command = new Command(
            "test",
            "Tells whether manifests do what is expected of them. Exits with 1 when an expectation is not met.")
        {
            tests,
            manifests,
            init,
            format,
        };
        tableOptions.AddTo(command);
        source.AddTo(command, manifests);
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var error = parsed.InvocationConfiguration.Error;
            var files = parsed.GetValue(tests) ?? [];
            if (files.Length == 0 != parsed.GetValue(init))
            {
                error.WriteLine(files.Length == 0
                    ? "No file of expectations is given. It goes in front of --manifests; --init writes a first one."
                    : "--init writes to standard output: name no file.");
                return ExitCode.Usage;
            }

            using var progress = ProgressLine.Start("Reading manifests", error);
            var read = source.Read(parsed, parsed.GetValue(manifests), input, tableOptions.Read(parsed));
            progress.Dispose();
            if (!read.ReportErrors(error))
            {
                return ExitCode.Usage;
            }

            if (parsed.GetValue(init))
            {
                IngressExpectations.Write(ExpectationDraft.Of(read.Table), output);
                return ExitCode.Success;
            }

            return Run(files, read.Table, parsed.GetValue(format), output, error);
        });
        return command;
    }

    // A file that is not there has no first line.
    private static string Describe(ExpectationFileError mistake)
        => File.Exists(mistake.Location.File) ? mistake.ToString() : $"{mistake.Location.File}: error: {mistake.Message}";

    private static int Run(string[] files, IngressRouteTable table, TestFormat format, TextWriter output, TextWriter error)
    {
        var loaded = Array.ConvertAll(files, IngressExpectations.Load);
        var errors = loaded.SelectMany(static file => file.Errors).ToList();
        if (errors.Count > 0)
        {
            errors.ForEach(mistake => error.WriteLine(PrintableText.Escape(Describe(mistake))));
            return ExitCode.Usage;
        }

        var watch = Stopwatch.StartNew();
        var checker = new ExpectationChecker(table);
        var results = loaded.SelectMany(static file => file.Expectations).Select(checker.Check).ToList();
        var report = new TestReport(table, results, watch.Elapsed);
        switch (format)
        {
            case TestFormat.Json:
                TestJson.Write(report, output);
                break;
            case TestFormat.JUnit:
                JUnitPrinter.Write(report, output);
                break;
            default:
                TestTextPrinter.Write(report, TerminalStyle.For(output), output);
                break;
        }

        return report.Failed == 0 ? ExitCode.Success : ExitCode.Failure;
    }
}

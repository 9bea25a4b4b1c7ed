using System.CommandLine;
using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary><c>annotations</c>: which annotations are understood.</summary>
internal static class AnnotationsCommand
{
    public static Command Create()
    {
        var format = FormatOption.Create(
            "'text' for people (the default), 'json': an array of {annotation, dialect, scope, text, meaning, whenWrong}, or 'markdown': a table.",
            ("text", AnnotationsFormat.Text),
            ("json", AnnotationsFormat.Json),
            ("markdown", AnnotationsFormat.Markdown));
        var command = new Command(
            "annotations",
            "Prints the annotations that are understood: what each is about, what its text must be, what it asks for, and what happens when it is wrong.")
        {
            format,
        };
        command.SetAction(parsed =>
        {
            AnnotationPrinter.Write(RouteTableOptions.Default.Dialects, parsed.GetValue(format), parsed.InvocationConfiguration.Output);
            return ExitCode.Success;
        });
        return command;
    }
}

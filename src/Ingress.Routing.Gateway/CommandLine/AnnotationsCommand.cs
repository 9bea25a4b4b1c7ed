using System.CommandLine;
using Ingress.Routing.Annotations;
using Ingress.Routing.Gateway.Output;
using Ingress.Routing.Nginx;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary><c>annotations</c>: which annotations are understood.</summary>
internal static class AnnotationsCommand
{
    private static AnnotationDialect Own => RouteTableOptions.Default.Dialects.Single();

    public static Command Create()
    {
        var dialect = new Argument<string>("DIALECT")
        {
            Description = $"Which annotations: '{NginxAnnotations.DialectName}' for those of ingress-nginx, '{Own.Name}' (the default) for our own.",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = static _ => Own.Name,
        };
        dialect.AcceptOnlyFromAmong(Own.Name, NginxAnnotations.DialectName);
        var format = FormatOption.Create(
            "'text' for people (the default), 'json': an array of {annotation, dialect, aliases, status, scope, text, meaning, whenWrong}, or 'markdown': a table.",
            ("text", AnnotationsFormat.Text),
            ("json", AnnotationsFormat.Json),
            ("markdown", AnnotationsFormat.Markdown));
        var command = new Command(
            "annotations",
            "Prints the annotations that are understood: what each is about, what its text must be, what it asks for, and what happens when it is wrong.")
        {
            dialect,
            format,
        };
        command.SetAction(parsed =>
        {
            var written = parsed.GetValue(dialect) == NginxAnnotations.DialectName ? NginxAnnotations.CreateDialect(new()) : Own;
            AnnotationPrinter.Write(written, parsed.GetValue(format), parsed.InvocationConfiguration.Output);
            return ExitCode.Success;
        });
        return command;
    }
}

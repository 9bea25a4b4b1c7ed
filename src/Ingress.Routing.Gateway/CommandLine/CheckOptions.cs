using System.CommandLine;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>The options that <c>check</c> alone has.</summary>
internal static class CheckOptions
{
    public static Option<CheckFormat> Format() => FormatOption.Create(
        "'text' for people (the default), 'json': an array of {id, severity, kind, object, field, message, file, line, column}, or 'sarif': "
        + "SARIF 2.1.0 for code hosts.",
        ("text", CheckFormat.Text),
        ("json", CheckFormat.Json),
        ("sarif", CheckFormat.Sarif));

    public static Option<FailOn?> FailOn()
    {
        const string Names = "error|warning|info|never";
        var option = new Option<FailOn?>("--fail-on")
        {
            Description = "The least severity that makes the exit code 1: 'error' (the default), 'warning' or 'info'; 'never' for none.",
            HelpName = Names,
            CustomParser = static argument => CommonOptions.ReadOne(argument, Names, static (string text, out FailOn? value) =>
            {
                value = Names.Split('|').Contains(text) ? Enum.Parse<FailOn>(text, ignoreCase: true) : null;
                return value is not null;
            }),
        };
        option.CompletionSources.Add(Names.Split('|'));
        return option;
    }

    public static Option<bool> Strict() => new("--strict")
    {
        Description = "Report a Service, an endpoint or a Secret that is missing even where the manifests hold none of them, and list every "
            + "object that takes no part in routing. Without it one line sums them up.",
    };

    public static Option<string?> Config() => new("--config")
    {
        Description = "Settings in JSON: failOn, strict, certificateNoticeDays, and what to ignore by id and object. Without it "
            + $"{CheckSettings.FileName} of the current folder, if there is one.",
        HelpName = "FILE",
    };
}

using System.CommandLine;
using System.CommandLine.Parsing;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>The options that <c>check</c> alone has.</summary>
internal static class CheckOptions
{
    public static Option<CheckFormat> Format() => OneOf<CheckFormat>(
        "--format",
        "'text' for people (the default), 'json': an array of {id, severity, kind, object, field, message, file, line, column}, or 'sarif' for "
        + "code hosts (SARIF 2.1.0).");

    public static Option<FailOn?> FailOn() => new("--fail-on")
    {
        Description = "The least severity that makes the exit code 1: 'error' (the default), 'warning' or 'info'; 'never' for none.",
        HelpName = "error|warning|info|never",
        CustomParser = static argument => Enum.TryParse<FailOn>(Read<FailOn>(argument), ignoreCase: true, out var value) ? value : null,
    };

    public static Option<string?> Config() => new("--config")
    {
        Description = $"Settings in JSON: failOn, certificateNoticeDays, and what to ignore by id and object. Without it {CheckSettings.FileName} of "
            + "the current folder, if there is one.",
        HelpName = "FILE",
    };

    private static Option<T> OneOf<T>(string name, string description)
        where T : struct, Enum
    {
        var option = new Option<T>(name)
        {
            Description = description,
            HelpName = string.Join('|', Names<T>()),
            CustomParser = static argument => Enum.TryParse<T>(Read<T>(argument), ignoreCase: true, out var value) ? value : default,
        };
        option.CompletionSources.Add([.. Names<T>()]);
        return option;
    }

    private static string? Read<T>(ArgumentResult argument)
        where T : struct, Enum
        => CommonOptions.ReadOne(argument, string.Join(" or ", Names<T>()), static (string text, out string? value) =>
        {
            value = text;
            return Names<T>().Contains(text, StringComparer.Ordinal);
        });

    // As they are written on a command line.
    private static IEnumerable<string> Names<T>()
        where T : struct, Enum
        => Enum.GetNames<T>().Select(static name => name.ToLowerInvariant());
}

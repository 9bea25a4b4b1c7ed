using System.CommandLine;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Makes the <c>--format</c> option of a command that has formats of its own.</summary>
internal static class FormatOption
{
    /// <summary>Makes the option.</summary>
    /// <param name="description">What the formats are for.</param>
    /// <param name="formats">The formats by name, the default first.</param>
    public static Option<T> Create<T>(string description, params (string Name, T Value)[] formats)
    {
        var expected = string.Join(" or ", formats.Select(static format => $"'{format.Name}'"));
        var option = new Option<T>("--format")
        {
            Description = description,
            HelpName = string.Join('|', formats.Select(static format => format.Name)),
            DefaultValueFactory = _ => formats[0].Value,
            CustomParser = argument => CommonOptions.ReadOne(argument, expected, (string text, out T? value) =>
            {
                var index = Array.FindIndex(formats, format => format.Name == text);
                value = formats[Math.Max(index, 0)].Value;
                return index >= 0;
            }),
        };
        option.CompletionSources.Add([.. formats.Select(static format => format.Name)]);
        return option;
    }
}

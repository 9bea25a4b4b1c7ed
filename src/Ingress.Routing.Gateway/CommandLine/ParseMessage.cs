using System.Text.RegularExpressions;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Says what the parser found wrong with the name of the option, and without types of .NET.</summary>
internal static partial class ParseMessage
{
    /// <summary>Returns the message in our words where the parser has none that help.</summary>
    /// <param name="message">The message of the parser.</param>
    /// <param name="args">The command line.</param>
    public static string Of(string message, IReadOnlyList<string> args)
    {
        // The value of a flag is left over when it is neither 'true' nor 'false', and then nothing says whose it was.
        if (Unrecognized().Match(message) is { Success: true, Groups: var left }
            && args.FirstOrDefault(arg => arg.StartsWith("--", StringComparison.Ordinal) && arg.EndsWith($"={left["value"].Value}", StringComparison.Ordinal))
                is { } flag)
        {
            return NeitherTrueNorFalse(flag.Split('=')[0], left["value"].Value);
        }

        return Unparsable().Replace(message, static match => NeitherTrueNorFalse(match.Groups["option"].Value, match.Groups["value"].Value));
    }

    private static string NeitherTrueNorFalse(string option, string value) => $"{option}: '{value}' is neither 'true' nor 'false'.";

    [GeneratedRegex("^Unrecognized command or argument '(?<value>.+)'\\.", RegexOptions.Singleline)]
    private static partial Regex Unrecognized();

    [GeneratedRegex("^Cannot parse argument '(?<value>.*)' for option '(?<option>[^']*)' as expected type '[^']*'\\.", RegexOptions.Singleline)]
    private static partial Regex Unparsable();
}

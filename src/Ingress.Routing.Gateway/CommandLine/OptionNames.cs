using System.Text.RegularExpressions;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Names options as the command line does, where the library names them as code does.</summary>
internal static partial class OptionNames
{
    /// <summary>Returns <c>--default-backend is ...</c> for <c>DefaultBackend is ...</c>.</summary>
    public static string InsteadOfMember(string failure) => Member().Replace(
        failure.StartsWith("Email ", StringComparison.Ordinal) ? "--acme-email" + failure["Email".Length..] : failure, static match => "--" + WordStart().Replace(match.Value, "-$0").TrimStart('-').ToLowerInvariant());

    [GeneratedRegex("^(ControllerName|DefaultBackend|DefaultCertificate)\\b")]
    private static partial Regex Member();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex WordStart();
}

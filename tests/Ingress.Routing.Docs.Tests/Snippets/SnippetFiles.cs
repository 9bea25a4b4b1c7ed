using System.Text.RegularExpressions;

namespace Ingress.Routing.Docs.Tests.Snippets;

/// <summary>
/// The code of the pages, as it is compiled here. A snippet is what stands between <c>// &lt;name></c> and <c>// &lt;/name></c>; parts
/// with the same name in one file are joined by an empty line.
/// </summary>
internal static partial class SnippetFiles
{
    public static IReadOnlyList<string> Snippets { get; } =
    [
        .. Repository.Find("*Snippet.cs", "tests/Ingress.Routing.Docs.Tests/Snippets")
            .SelectMany(file => Parts().Matches(Repository.Read(file)).GroupBy(match => match.Groups["name"].Value))
            .Select(parts => string.Join("\n\n", parts.Select(part => Unindent(part.Groups["text"].Value)))),
    ];

    private static string Unindent(string text)
    {
        var lines = text.TrimEnd().Split('\n');
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart(' ').Length);
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indent..] : line));
    }

    [GeneratedRegex(@"^ *// <(?<name>[a-z-]+)>\n(?<text>.*?)^ *// </\k<name>>$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Parts();
}

using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>Reads a block <c>rules</c>: one path of one Ingress a line, the oldest Ingress first.</summary>
/// <remarks>
/// The path type <c>Regex</c> is ImplementationSpecific in an Ingress with <c>regex-paths</c>. What stands behind a name in brackets are annotations
/// of ours: <c>shop[match-headers=X-Beta:on]</c>.
/// </remarks>
internal static class RulesBlock
{
    private const string Regex = "Regex";

    public static IngressRouteTable Compile(string text) => IngressRouteTable.Compile(Some.Snapshot([.. Parse(text)]));

    private static IEnumerable<IngressResource> Parse(string text)
        => text.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .GroupBy(words => words[0])
            .Select((lines, age) => Some.Ingress(
                lines.Key.Split('[')[0],
                lines.Where(words => words[1] != "default").Select(Rule),
                lines.Where(words => words[1] == "default").Select(words => IngressBackend.ForService(words[3], 80)).SingleOrDefault(),
                ageSeconds: age,
                annotations: AnnotationsOf(lines.Key, lines.Any(static words => words.Contains(Regex)))));

    private static Dictionary<string, string> AnnotationsOf(string name, bool hasRegexes)
        => name.TrimEnd(']').Split('[', ',').Skip(1).Append(hasRegexes ? "regex-paths=true" : "").Where(static text => text.Length > 0)
            .Select(static text => text.Split('=', 2))
            .ToDictionary(static pair => $"ingress.routing/{pair[0]}", static pair => pair[1]);

    private static IngressRule Rule(string[] words)
    {
        var host = words[1] == "(any)" ? null : words[1];
        return words switch
        {
            [_, _] => new() { Host = host },
            [_, _, var type, var path, "->", var service] => Some.Rule(host, Some.Path(type == Regex ? PathTypes.ImplementationSpecific : type, path, service)),
            _ => throw new FormatException($"The line '{string.Join(' ', words)}' is not understood."),
        };
    }
}

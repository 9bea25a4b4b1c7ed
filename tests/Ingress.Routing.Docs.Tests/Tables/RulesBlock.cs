using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>Reads a block <c>rules</c>: one path of one Ingress a line, the oldest Ingress first.</summary>
internal static class RulesBlock
{
    public static IngressRouteTable Compile(string text) => IngressRouteTable.Compile(Some.Snapshot([.. Parse(text)]));

    private static IEnumerable<IngressResource> Parse(string text)
        => text.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .GroupBy(words => words[0])
            .Select((lines, age) => Some.Ingress(
                lines.Key,
                lines.Where(words => words[1] != "default").Select(Rule),
                lines.Where(words => words[1] == "default").Select(words => IngressBackend.ForService(words[3], 80)).SingleOrDefault(),
                ageSeconds: age));

    private static IngressRule Rule(string[] words)
    {
        var host = words[1] == "(any)" ? null : words[1];
        return words switch
        {
            [_, _] => new() { Host = host },
            [_, _, var type, var path, "->", var service] => Some.Rule(host, Some.Path(type, path, service)),
            _ => throw new FormatException($"The line '{string.Join(' ', words)}' is not understood."),
        };
    }
}

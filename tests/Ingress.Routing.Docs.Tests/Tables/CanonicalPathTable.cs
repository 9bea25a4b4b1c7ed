using Ingress.Routing.Docs.Tests.Markdown;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>Request targets and their canonical paths, with an option or without (semantics 8.3, 8.5, 8.7).</summary>
internal sealed class CanonicalPathTable : ITableRunner
{
    public bool Recognizes(IReadOnlyList<string> header)
        => header is ["target", "canonical path", "because"] or ["option", "target", "canonical path"];

    public void Run(MarkdownRow row)
    {
        var options = row.Table.Header.Contains("option") ? Options(row["option"]) : RouteTableOptions.Default;
        var snapshot = Some.Snapshot(Some.Ingress("web", [Some.Rule(null, Some.Prefix("/"))]));
        var match = IngressRouteTable.Compile(snapshot, options).Match(null, Unescape(row.Code("target")!));

        Assert.Equal(
            row["canonical path"].Trim('`'),
            match.Status == IngressMatchStatus.BadRequest ? "400" : match.Path.ToString());
    }

    private static RouteTableOptions Options(string option) => option switch
    {
        nameof(RouteTableOptions.RejectEncodedSeparators) => new() { RejectEncodedSeparators = true },
        nameof(RouteTableOptions.KeepSlashes) => new() { KeepSlashes = true },
        _ => throw new FormatException($"The option '{option}' is not understood."),
    };

    // What cannot be seen on a page is written as in C#.
    private static string Unescape(string text)
        => text
            .Replace(@"\t", "\t", StringComparison.Ordinal)
            .Replace(@"\x7F", "\x7F", StringComparison.Ordinal)
            .Replace(@"\\", @"\", StringComparison.Ordinal);
}

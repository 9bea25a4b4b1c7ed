using System.Globalization;
using Ingress.Routing.Docs.Tests.Markdown;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>Two Ingresses that claim the same path, and which of them counts as the older (semantics 5.3).</summary>
internal sealed class AgeTable : ITableRunner
{
    public bool Recognizes(IReadOnlyList<string> header) => header is ["older", "younger", "because"];

    public void Run(MarkdownRow row)
    {
        var older = Ingress(row["older"]);
        var younger = Ingress(row["younger"]);

        // Neither order of input may make a difference (semantics 5.9).
        Assert.Equal(older.Name, Winner(older, younger));
        Assert.Equal(older.Name, Winner(younger, older));
    }

    private static NamespacedName? Winner(params IngressResource[] ingresses)
        => IngressRouteTable.Compile(Some.Snapshot(ingresses)).Match("shop.example.test", "/").Route?.Source.Name;

    // `namespace/name` at seconds
    private static IngressResource Ingress(string cell)
    {
        var parts = cell.Split(" at ");
        var ingress = Some.Ingress(parts[0].Trim('`'), [Some.Rule("shop.example.test", Some.Prefix("/"))]);
        DateTimeOffset? created = parts[1] == "never"
            ? null
            : DateTimeOffset.UnixEpoch.AddYears(50).AddSeconds(double.Parse(parts[1], CultureInfo.InvariantCulture));
        return ingress with { Metadata = ingress.Metadata with { CreationTimestamp = created } };
    }
}

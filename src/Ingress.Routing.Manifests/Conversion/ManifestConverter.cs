using Ingress.Routing.Diagnostics;
using Ingress.Routing.Manifests.Binding;
using Ingress.Routing.Manifests.Files;
using Ingress.Routing.Manifests.Syntax;
using YamlDotNet.Core;
using Comment = YamlDotNet.Core.Tokens.Comment;

namespace Ingress.Routing.Manifests.Conversion;

/// <summary>Rewrites the documents of a file that are of a retired version, and leaves the others as they stand.</summary>
internal sealed class ManifestConverter(string file, bool usesClassField)
{
    private readonly List<IngressDiagnostic> _diagnostics = [];
    private readonly KeyPool _keys = new();
    private int _converted;
    private int _comments;

    public static ManifestConversion Convert(string text, string file, bool usesClassField)
        => new ManifestConverter(file, usesClassField).Convert(text);

    private ManifestConversion Convert(string text)
    {
        var lines = LinesOf(text);
        var documents = DocumentSplitter.Split(text).ToList();
        var output = new List<string>();
        if (documents.Count > 0)
        {
            output.AddRange(lines.Take(documents[0].FirstLine - 1));
        }

        for (var i = 0; i < documents.Count; i++)
        {
            var start = documents[i].FirstLine - 1;
            var end = i + 1 < documents.Count ? documents[i + 1].FirstLine - 1 : lines.Count;
            output.Add(ConvertDocument(documents[i], lines.GetRange(start, end - start)));
        }

        return new()
        {
            File = file,
            Text = documents.Count > 0 ? string.Concat(output) : text,
            ConvertedObjects = _converted,
            LostComments = _comments,
            Diagnostics = _diagnostics,
        };
    }

    private string ConvertDocument(DocumentText document, List<string> lines)
    {
        var nodes = new List<ManifestNode>();
        var problem = new DocumentReader(_keys, file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).Read(document, nodes);
        if (problem is not null)
        {
            _diagnostics.Add(FileProblem.At(problem.Id, file, problem.Position, $"{problem.Message} The document is left as it is."));
            return string.Concat(lines);
        }

        var before = _converted;
        var converted = nodes.ConvertAll(node => ConvertNode(node, null, null));
        if (_converted == before)
        {
            return string.Concat(lines);
        }

        // What stands above the first key stays: the separator, and comments about the whole.
        var head = lines.TakeWhile(IsHead).ToList();
        _comments += CountComments(string.Concat(lines.Skip(head.Count)));
        return string.Concat(head) + string.Join("---\n", converted.Select(YamlText.Of));
    }

    private ManifestNode ConvertNode(ManifestNode node, string? listKind, string? listVersion)
    {
        if (node is not MappingNode mapping)
        {
            return node;
        }

        var kind = TextOf(mapping, "kind") ?? listKind;
        var version = TextOf(mapping, "apiVersion") ?? listVersion;
        if (kind is null || version is null)
        {
            return node;
        }

        if (kind == KnownKind.List)
        {
            return ConvertItems(mapping, null, null, null);
        }

        if (KnownKind.ItemKindOf(kind) is { } itemKind)
        {
            var isRetired = RetiredVersion.RefusedSince(itemKind, version) is not null;
            return ConvertItems(mapping, itemKind, version, isRetired ? KnownKind.ApiVersionOf(itemKind) : null);
        }

        return RetiredVersion.RefusedSince(kind, version) is null ? node : ConvertObject(mapping, kind, version);
    }

    private MappingNode ConvertItems(MappingNode list, string? itemKind, string? itemVersion, string? newVersion)
    {
        var converted = new MappingNode(list.Position);
        foreach (var entry in list.Entries)
        {
            converted.Set(entry switch
            {
                { Key: "items", Value: SequenceNode items } => entry with { Value = ConvertAll(items, itemKind, itemVersion) },
                { Key: "apiVersion" } when newVersion is not null
                    => entry with { Value = new ScalarNode(entry.Value.Position, ScalarType.String, newVersion) },
                _ => entry,
            });
        }

        return converted;
    }

    private SequenceNode ConvertAll(SequenceNode items, string? itemKind, string? itemVersion)
    {
        var converted = new SequenceNode(items.Position);
        foreach (var item in items.Items)
        {
            converted.Add(ConvertNode(item, itemKind, itemVersion));
        }

        return converted;
    }

    private MappingNode ConvertObject(MappingNode node, string kind, string version)
    {
        var reference = ObjectBinder.ReferenceTo(node, kind);
        var report = new ObjectReport(file, reference, _diagnostics);
        var retired = new RetiredVersion(report);
        var converted = retired.Convert(node, kind);
        if (report.IsRefused)
        {
            return node;
        }

        _converted++;
        var changes = retired.Changes.ToList();
        if (kind == "Ingress")
        {
            converted = ClassAnnotation.Apply(converted, usesClassField, changes);
        }

        _diagnostics.Add(new()
        {
            Id = IngressDiagnosticIds.RetiredApiVersion,
            Severity = IngressDiagnosticSeverity.Info,
            Resource = reference,
            Field = "apiVersion",
            Message = $"'{version}' became '{KnownKind.ApiVersionOf(kind)}'{(changes.Count > 0 ? ", " : "")}{string.Join(", ", changes)}.",
            Location = new(file, node.Position.Line, node.Position.Column),
        });
        return converted;
    }

    private static bool IsHead(string line)
        => line.AsSpan().TrimStart("\uFEFF \t") is [] or ['#', ..] or ['\r' or '\n', ..] || line.TrimEnd() == "---" || line.StartsWith('%');

    private static int CountComments(string text)
    {
        var count = 0;
        try
        {
            var scanner = new Scanner(new StringReader(text), skipComments: false);
            while (scanner.MoveNext())
            {
                count += scanner.Current is Comment ? 1 : 0;
            }
        }
        catch (YamlException)
        {
            // JSON with tabs, and braces that only our reader takes: no comments there.
        }

        return count;
    }

    private static string? TextOf(MappingNode node, string field)
        => node.FindExact(field) is ScalarNode { Type: ScalarType.String, Text.Length: > 0 } scalar ? scalar.Text : null;

    // With their ends.
    private static List<string> LinesOf(string text)
    {
        var lines = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            var end = text.IndexOf('\n', i) is >= 0 and var found ? found + 1 : text.Length;
            lines.Add(text[i..end]);
            i = end;
        }

        return lines;
    }
}

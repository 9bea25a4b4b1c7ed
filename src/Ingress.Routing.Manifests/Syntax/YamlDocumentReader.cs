using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ingress.Routing.Manifests.Syntax;

/// <summary>Reads YAML through the events of a parser: no reflection, and a position for everything.</summary>
internal static class YamlDocumentReader
{
    /// <summary>Reads documents one by one.</summary>
    /// <param name="document">The text; it may hold several documents that are separated by <c>...</c>.</param>
    /// <param name="keys">Shares the strings of keys.</param>
    /// <param name="documents">Takes each document when it is complete.</param>
    /// <exception cref="ManifestSyntaxException">The rest of the text is not YAML, or exceeds a limit.</exception>
    public static void Read(DocumentText document, KeyPool keys, List<ManifestNode> documents)
    {
        CharacterCheck.RefuseControlCharacters(document);

        var count = documents.Count;
        while (true)
        {
            var problem = TryRead(document, keys, documents, out var flow);
            if (problem is null)
            {
                return;
            }

            if (flow is not { } start || !FlowIndentation.TryRepair(document, start, out document))
            {
                throw problem;
            }

            documents.RemoveRange(count, documents.Count - count);
        }
    }

    /// <param name="flow">Where the bracket or the quoted text begins in which the parser failed; null when it failed elsewhere.</param>
    private static ManifestSyntaxException? TryRead(DocumentText document, KeyPool keys, List<ManifestNode> documents, out Position? flow)
    {
        var parser = new Parser(new StringReader(document.Text));
        var end = document.PositionAt(document.Text.AsSpan().TrimEnd().Length);
        var position = new Position(document.FirstLine, 1);
        var tabs = TabCheck.Of(document);
        var flowDepth = 0;
        flow = null;
        try
        {
            var budget = new NodeBudget();
            var builder = new NodeBuilder(keys, budget);
            while (parser.MoveNext())
            {
                var current = parser.Current!;
                position = PositionOf(current.Start, document, end);
                if (flowDepth == 0 && current is NodeEvent)
                {
                    tabs.RefuseBefore(position);
                }

                flowDepth = NextFlowDepth(flowDepth, current);
                flow = flowDepth == 0 ? null : flow ?? position;
                if (current is DocumentStart)
                {
                    builder = new NodeBuilder(keys, budget);
                    continue;
                }

                Apply(current, position, builder);
                if (current is DocumentEnd && builder.Root is { } root)
                {
                    documents.Add(root);
                }
            }

            return null;
        }
        catch (YamlException exception)
        {
            var place = PositionOf(exception.Start, document, end);
            flow ??= place;
            if (tabs.Translate(exception, position) is { } tab)
            {
                return tab;
            }

            return ManifestSyntaxException.Malformed(exception.Message, place);
        }
        catch (Exception exception) when (exception is not ManifestSyntaxException)
        {
            // Whatever a damaged text makes a parser throw is a damaged text.
            return ManifestSyntaxException.Malformed("The text cannot be parsed as YAML.", position);
        }
    }

    private static int NextFlowDepth(int depth, ParsingEvent current) => current switch
    {
        MappingStart { Style: MappingStyle.Flow } or SequenceStart { Style: SequenceStyle.Flow } => depth + 1,
        MappingEnd or SequenceEnd => Math.Max(depth - 1, 0),
        _ => depth,
    };

    private static void Apply(ParsingEvent current, Position position, NodeBuilder builder)
    {
        switch (current)
        {
            case Scalar scalar:
                var isPlain = scalar is { Style: ScalarStyle.Plain, Tag.IsEmpty: true };
                builder.Scalar(NodeOf(scalar, isPlain, position), isPlain && scalar.Value == "<<", AnchorOf(scalar));
                break;

            case MappingStart mapping:
                builder.BeginMapping(position, AnchorOf(mapping));
                break;

            case SequenceStart sequence:
                builder.BeginSequence(position, AnchorOf(sequence));
                break;

            case MappingEnd or SequenceEnd:
                builder.End();
                break;

            case AnchorAlias alias:
                builder.Alias(alias.Value.Value, position);
                break;
        }
    }

    private static ScalarNode NodeOf(Scalar scalar, bool isPlain, Position position)
    {
        if (isPlain)
        {
            return YamlScalars.Resolve(scalar.Value, position);
        }

        return scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific
            ? new(position, ScalarType.String, scalar.Value)
            : YamlScalars.ResolveTagged(scalar.Tag.Value, scalar.Value, position);
    }

    private static string? AnchorOf(NodeEvent node) => node.Anchor.IsEmpty ? null : node.Anchor.Value;

    // The parser places the end of the text, and an empty value there, a line after it.
    private static Position PositionOf(Mark mark, DocumentText document, Position end)
    {
        var position = document.InFile(document.FirstLine - 1 + (int)Math.Max(mark.Line, 1), (int)Math.Max(mark.Column, 1));
        return position.Line > end.Line ? end : position;
    }
}

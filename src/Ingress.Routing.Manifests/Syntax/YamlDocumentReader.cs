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

        var parser = new Parser(new StringReader(document.Text));
        var position = new Position(document.FirstLine, 1);
        try
        {
            var builder = new NodeBuilder(keys);
            while (parser.MoveNext())
            {
                var current = parser.Current!;
                position = PositionOf(current.Start, document);
                if (current is DocumentStart)
                {
                    builder = new NodeBuilder(keys);
                    continue;
                }

                Apply(current, position, builder);
                if (current is DocumentEnd && builder.Root is { } root)
                {
                    documents.Add(root);
                }
            }
        }
        catch (YamlException exception)
        {
            // The parser places the end of the text a line after it.
            var end = document.PositionAt(document.Text.AsSpan().TrimEnd().Length);
            var place = PositionOf(exception.Start, document);
            throw ManifestSyntaxException.Malformed(exception.Message, place.Line > end.Line ? end : place);
        }
        catch (Exception exception) when (exception is not ManifestSyntaxException)
        {
            // Whatever a damaged text makes a parser throw is a damaged text.
            throw ManifestSyntaxException.Malformed("The text cannot be parsed as YAML.", position);
        }
    }

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

    private static Position PositionOf(Mark mark, DocumentText document)
        => new(document.FirstLine - 1 + (int)Math.Max(mark.Line, 1), (int)Math.Max(mark.Column, 1));
}

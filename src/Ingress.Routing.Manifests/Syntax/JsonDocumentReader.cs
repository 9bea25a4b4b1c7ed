using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ingress.Routing.Manifests.Syntax;

/// <summary>Reads JSON, which differs from the YAML of the same looks: tabs, several values in a row, escaped slashes.</summary>
internal static class JsonDocumentReader
{
    private static readonly JsonReaderOptions s_options = new()
    {
        AllowMultipleValues = true,
        MaxDepth = ManifestLimits.Depth + 1, // one more than the builder takes, which reports it as a limit
    };

    /// <summary>Reads values one by one.</summary>
    /// <param name="document">The text.</param>
    /// <param name="keys">Shares the strings of keys.</param>
    /// <param name="documents">Takes each value when it is complete.</param>
    /// <exception cref="ManifestSyntaxException">The rest of the text is not JSON, or exceeds a limit.</exception>
    public static void Read(DocumentText document, KeyPool keys, List<ManifestNode> documents)
    {
        var bytes = Encoding.UTF8.GetBytes(document.Text);
        var positions = new JsonPositions(bytes, document.FirstLine);
        var reader = new Utf8JsonReader(SkipPreamble(bytes, out var skipped), s_options);
        var budget = new NodeBudget();
        var builder = new NodeBuilder(keys, budget);
        try
        {
            while (reader.Read())
            {
                Apply(ref reader, positions.At(skipped + (int)reader.TokenStartIndex), builder);
                if (builder.Root is { } root)
                {
                    documents.Add(root);
                    builder = new NodeBuilder(keys, budget);
                }
            }
        }
        catch (JsonException exception)
        {
            // The reader's own message repeats text, which may be that of a Secret.
            throw ManifestSyntaxException.Malformed(
                "The text is not valid JSON from here on.", positions.At(skipped + OffsetOf(exception, bytes.AsSpan(skipped))));
        }
        catch (InvalidOperationException)
        {
            throw ManifestSyntaxException.Malformed(
                "The string escapes half a surrogate pair.", positions.At(skipped + (int)reader.TokenStartIndex));
        }
    }

    private static int OffsetOf(JsonException exception, ReadOnlySpan<byte> text)
    {
        var lineStart = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
        {
            lineStart += text[lineStart..].IndexOf((byte)'\n') + 1;
        }

        // A text that ends too early ends with its last character, not on the empty line after it.
        return Math.Min(lineStart + (int)(exception.BytePositionInLine ?? 0), text.TrimEnd(" \t\r\n"u8).Length);
    }

    private static ReadOnlySpan<byte> SkipPreamble(ReadOnlySpan<byte> bytes, out int skipped)
    {
        var start = bytes.IndexOf((byte)'{');
        skipped = Math.Max(start, 0);
        return bytes[skipped..];
    }

    private static void Apply(ref Utf8JsonReader reader, Position position, NodeBuilder builder)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                builder.BeginMapping(position);
                break;

            case JsonTokenType.StartArray:
                builder.BeginSequence(position);
                break;

            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                builder.End();
                break;

            case JsonTokenType.PropertyName or JsonTokenType.String:
                builder.Scalar(new(position, ScalarType.String, reader.GetString()!));
                break;

            case JsonTokenType.Number:
                builder.Scalar(NumberOf(Encoding.UTF8.GetString(reader.ValueSpan), position));
                break;

            case JsonTokenType.True or JsonTokenType.False:
                var isTrue = reader.TokenType == JsonTokenType.True;
                builder.Scalar(new(position, ScalarType.Boolean, isTrue ? "true" : "false", isTrue ? 1 : 0));
                break;

            case JsonTokenType.Null:
                builder.Scalar(new(position, ScalarType.Null, "null"));
                break;
        }
    }

    // kubectl reads 80.0 as a number and writes it as 80, in JSON as in YAML.
    private static ScalarNode NumberOf(string text, Position position)
        => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
            ? new(position, ScalarType.Integer, text, integer)
            : new(position, YamlNumber.Classify(text, out integer), text, integer);
}

using System.Globalization;
using Ingress.Routing.Manifests.Syntax;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ingress.Routing.Manifests.Conversion;

/// <summary>Writes a document as YAML that reads back as the same values.</summary>
internal static class YamlText
{
    private static readonly EmitterSettings s_settings = new EmitterSettings().WithBestWidth(int.MaxValue);

    /// <summary>Writes one document, without a separator before it.</summary>
    public static string Of(ManifestNode document)
    {
        var text = Write(document, quotesAll: false);
        return ReadsAs(document, text) ? text : Write(document, quotesAll: true);
    }

    private static string Write(ManifestNode document, bool quotesAll)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var emitter = new Emitter(writer, s_settings);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Write(document, emitter, quotesAll);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        var text = writer.ToString();
        return text.EndsWith('\n') ? text : text + "\n";
    }

    // Not deeper than the limit on documents.
    private static void Write(ManifestNode node, Emitter emitter, bool quotesAll)
    {
        switch (node)
        {
            case MappingNode mapping:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, mapping.Entries.IsEmpty ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var entry in mapping.Entries)
                {
                    emitter.Emit(Text(entry.Key, quotesAll));
                    Write(entry.Value, emitter, quotesAll);
                }

                emitter.Emit(new MappingEnd());
                break;

            case SequenceNode sequence:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, sequence.Items.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in sequence.Items)
                {
                    Write(item, emitter, quotesAll);
                }

                emitter.Emit(new SequenceEnd());
                break;

            case ScalarNode { Type: ScalarType.String } scalar:
                emitter.Emit(Text(scalar.Text, quotesAll));
                break;

            case ScalarNode scalar:
                emitter.Emit(Scalar(PlainOf(scalar), ScalarStyle.Plain));
                break;
        }
    }

    private static string PlainOf(ScalarNode scalar) => scalar.Type switch
    {
        ScalarType.Null => "null",
        ScalarType.Boolean => scalar.Integer == 1 ? "true" : "false",
        ScalarType.Integer => scalar.Integer.ToString(CultureInfo.InvariantCulture),
        _ => scalar.Text,
    };

    private static Scalar Text(string text, bool quotesAll)
    {
        // A text of digits and colons is a number to some readers, and a date a date.
        var isAmbiguous = text is "" or "<<" or "=" || char.IsAsciiDigit(text[0]) || YamlScalars.Resolve(text, Position.Start).Type != ScalarType.String;
        var style = quotesAll || isAmbiguous ? ScalarStyle.DoubleQuoted
            : text.Contains('\n', StringComparison.Ordinal) && !text.Contains('\r', StringComparison.Ordinal) ? ScalarStyle.Literal
            : ScalarStyle.Any;
        return Scalar(text, style);
    }

    private static Scalar Scalar(string text, ScalarStyle style)
        => new(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: style is ScalarStyle.Any or ScalarStyle.Plain, isQuotedImplicit: true);

    private static bool ReadsAs(ManifestNode document, string text)
    {
        var documents = new List<ManifestNode>();
        var problem = new DocumentReader(new KeyPool(), isJsonFile: false).Read(new DocumentText(text, 1), documents);
        return problem is null && documents is [var only] && SameValues(only, document);
    }

    private static bool SameValues(ManifestNode one, ManifestNode other)
    {
        switch (one, other)
        {
            case (MappingNode x, MappingNode y):
                return SameEntries(x.Entries, y.Entries);

            case (SequenceNode x, SequenceNode y):
                return x.Items.Count == y.Items.Count && x.Items.Zip(y.Items, SameValues).All(static same => same);

            case (ScalarNode x, ScalarNode y):
                return x.Type == y.Type && x.Integer == y.Integer && (x.Type is ScalarType.Null or ScalarType.Integer or ScalarType.Boolean || x.Text == y.Text);

            default:
                return false;
        }
    }

    private static bool SameEntries(ReadOnlySpan<MappingEntry> one, ReadOnlySpan<MappingEntry> other)
    {
        var areSame = one.Length == other.Length;
        for (var i = 0; areSame && i < one.Length; i++)
        {
            areSame = one[i].Key == other[i].Key && SameValues(one[i].Value, other[i].Value);
        }

        return areSame;
    }
}

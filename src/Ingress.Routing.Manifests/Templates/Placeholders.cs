using Ingress.Routing.Manifests.Syntax;

namespace Ingress.Routing.Manifests.Templates;

/// <summary>Finds what still has to be filled in, in an object that could be read as YAML.</summary>
/// <remarks>Only where a gap makes the object invalid: annotations and paths may hold anything.</remarks>
internal sealed class Placeholders
{
    private TemplateLanguage? _language;
    private string _sample = "";
    private Position _position;
    private int _count;

    private Placeholders()
    {
    }

    /// <summary>What to fill in; null when there is nothing.</summary>
    public static PlaceholderFinding? In(MappingNode resource)
    {
        var placeholders = new Placeholders();
        placeholders.VisitMetadata(resource);
        foreach (var entry in resource.Entries)
        {
            if (entry.Key is "spec" or "endpoints" or "ports" or "data")
            {
                placeholders.Visit(entry);
            }
        }

        return placeholders._language is { } language
            ? new(language, placeholders._sample, placeholders._position, placeholders._count)
            : null;
    }

    private void VisitMetadata(MappingNode resource)
    {
        if (resource.FindExact("metadata") is not MappingNode metadata)
        {
            return;
        }

        foreach (var entry in metadata.Entries)
        {
            if (entry.Key is "name" or "namespace" or "labels")
            {
                Visit(entry);
            }
        }
    }

    // Not deeper than the limit on documents.
    private void Visit(MappingEntry entry)
    {
        switch (entry.Value)
        {
            case MappingNode mapping when IsGap(mapping, out var gap):
                Note(TemplateLanguage.OfValue(gap, out _)!, gap, mapping.Position);
                break;

            case MappingNode mapping:
                foreach (var child in mapping.Entries)
                {
                    Visit(child);
                }

                break;

            case SequenceNode sequence when IsGap(entry, sequence, out var gap):
                Note(TemplateLanguage.OfValue(gap, out _)!, gap, sequence.Position);
                break;

            case SequenceNode sequence:
                foreach (var item in sequence.Items)
                {
                    Visit(new(entry.Key, item.Position, item));
                }

                break;

            case ScalarNode { Type: ScalarType.String } scalar when LanguageOf(entry.Key, scalar.Text, out var sample) is { } language:
                Note(language, sample, scalar.Position);
                break;
        }
    }

    // A path may be a pattern, and then holds most of what marks a gap.
    private static TemplateLanguage? LanguageOf(string key, string text, out string sample)
        => key == "path"
            ? TemplateLanguage.Of(text, out sample) ?? (text.Contains("${", StringComparison.Ordinal) ? TemplateLanguage.OfValue(text, out sample) : null)
            : TemplateLanguage.OfValue(text, out sample);

    // What is left of '{HOST}' without quotes: a mapping with one key and no value.
    private static bool IsGap(MappingNode mapping, out string gap)
    {
        gap = mapping.Entries is [{ Value: ScalarNode { IsEmpty: true } } only] ? $"{{{only.Key}}}" : "";
        return gap.Length > 0 && mapping.Entries[0].KeyPosition.Line == mapping.Position.Line && mapping.Entries[0].KeyPosition.Column > mapping.Position.Column;
    }

    // What is left of '[HOST]' and '[[ host ]]' without quotes, where no list can stand.
    private static bool IsGap(MappingEntry entry, SequenceNode sequence, out string gap)
    {
        gap = "";
        if (entry.Key is not ("host" or "name" or "namespace" or "secretName" or "ingressClassName" or "path" or "pathType"))
        {
            return false;
        }

        var inner = sequence.Items is [SequenceNode nested] ? nested : sequence;
        if (inner.Items is not [ScalarNode { Type: ScalarType.String } only])
        {
            return false;
        }

        // Within one pair of brackets stands a list by mistake, unless it cries out to be replaced.
        var isNested = !ReferenceEquals(inner, sequence);
        gap = isNested ? $"[[{only.Text}]]" : $"[{only.Text}]";
        return (isNested || !only.Text.Any(char.IsLower) || only.Text.StartsWith("your", StringComparison.OrdinalIgnoreCase))
            && TemplateLanguage.OfValue(gap, out _) is not null;
    }

    private void Note(TemplateLanguage language, string sample, Position position)
    {
        if (_count++ == 0)
        {
            (_language, _sample, _position) = (language, sample, position);
        }
    }
}

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ingress.Routing.Model;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>Reads the entries of a ConfigMap as headers that an external service gets.</summary>
internal static class ConfigMapHeaders
{
    /// <summary>Reads a value as a template.</summary>
    public delegate bool TemplateReader(string text, [NotNullWhen(true)] out PolicyTemplate? template);

    /// <summary>Reads all entries.</summary>
    /// <param name="tryRead">Reads the values.</param>
    /// <param name="headers">The headers, each of which is set; empty when an entry is none.</param>
    /// <param name="wrong">The entry that is no header, or whose value cannot be read; null when there is none.</param>
    public static bool TryRead(ConfigMapResource configMap, TemplateReader tryRead, out ImmutableArray<HeaderEdit> headers, [NotNullWhen(false)] out string? wrong)
    {
        headers = [];
        var edits = ImmutableArray.CreateBuilder<HeaderEdit>();
        foreach (var (name, text) in configMap.Data)
        {
            if (!ExternalAuthentication.IsHeader(name) || !tryRead(text, out var value))
            {
                wrong = name;
                return false;
            }

            edits.Add(new(HeaderEditKind.Set, name, value));
        }

        headers = edits.ToImmutable();
        wrong = null;
        return true;
    }
}

using Ingress.Routing.Annotations;
using Ingress.Routing.Compilation;
using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Linting;

/// <summary>Annotations that nobody understands, most likely because they are misspelt (INGR120).</summary>
internal static class AnnotationNames
{
    public static void Report(LintedTable table)
    {
        var own = new AnnotationVocabulary { Prefix = table.Table.Options.AnnotationPrefix, Names = [.. table.Table.Options.Dialects.First().Annotations.Select(static row => row.Name)] };
        foreach (var ingress in table.Served.Select(static owner => owner.Ingress))
        {
            foreach (var key in ingress.Metadata.Annotations.Keys.Order(StringComparer.Ordinal))
            {
                if (ProblemOf(key, own, table.Options) is { } problem)
                {
                    table.Diagnostics.Warn(ingress, IngressDiagnosticIds.UnknownAnnotation, $"metadata.annotations[{key}]", problem);
                }
            }
        }
    }

    private static string? ProblemOf(string key, AnnotationVocabulary own, IngressLintOptions options)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var (prefix, name) = slash < 0 ? ("", key) : (key[..slash], key[(slash + 1)..]);
        if (prefix == own.Prefix)
        {
            return null; // compiling has reported it
        }

        if (options.Annotations.FirstOrDefault(vocabulary => vocabulary.Prefix == prefix) is { } vocabulary)
        {
            return ProblemOfName(name, vocabulary);
        }

        // A misspelt prefix is only told from a foreign one by a name that is known.
        var meant = options.Annotations.Append(own).FirstOrDefault(candidate => candidate.Names.Contains(name) && IsMisspelt(prefix, candidate.Prefix));
        return meant is null ? null : $"'{key}' is read by nobody. Did you mean '{meant.Prefix}/{name}'?";
    }

    private static string? ProblemOfName(string name, AnnotationVocabulary vocabulary)
    {
        if (vocabulary.Names.Contains(name))
        {
            return null;
        }

        var isNginx = vocabulary.Prefix == IngressNginxAnnotations.Prefix;
        var nearest = isNginx && IngressNginxAnnotations.Replacements.TryGetValue(name, out var replacement)
            ? replacement
            : Spelling.Nearest(name, vocabulary.Names);
        return (nearest, vocabulary.IsComplete) switch
        {
            (null or "", true) => $"There is no annotation '{name}' under '{vocabulary.Prefix}'.",
            (null or "", false) => null,
            _ => $"There is no annotation '{name}' under '{vocabulary.Prefix}'. Did you mean '{nearest}'?",
        };
    }

    // "ingress.nginx.kubernetes.io" for "nginx.ingress.kubernetes.io": the same labels in another order, or a slip of the pen.
    private static bool IsMisspelt(string prefix, string known)
        => prefix.Split('.').Order(StringComparer.Ordinal).SequenceEqual(known.Split('.').Order(StringComparer.Ordinal))
            || Spelling.Nearest(prefix, [known]) is not null
            || known.StartsWith(prefix + ".", StringComparison.Ordinal);
}

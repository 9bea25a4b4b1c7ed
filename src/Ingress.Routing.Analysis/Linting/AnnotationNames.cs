using Ingress.Routing.Annotations;
using Ingress.Routing.Compilation;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Linting;

/// <summary>Annotations that are read by nothing: misspelt, under the wrong prefix, retired, or meant for another kind (INGR120).</summary>
/// <remarks>What has the same cause is said once for an Ingress.</remarks>
internal static class AnnotationNames
{
    private const int MostNames = 3;

    public static void Report(LintedTable table)
    {
        var own = new AnnotationVocabulary { Prefix = table.Table.Options.AnnotationPrefix, Names = [.. table.Table.Options.Dialects.First().Annotations.Select(static row => row.Name)] };
        foreach (var ingress in table.Served.Select(static owner => owner.Ingress))
        {
            var problems = ingress.Metadata.Annotations.Keys
                .Order(StringComparer.Ordinal)
                .Where(key => !table.Understands(PrefixOf(key)))
                .Select(key => ProblemOf(key, ClassOf(ingress), own, table.Options))
                .OfType<Problem>()
                .ToLookup(static problem => problem.Reason ?? problem.Key);
            foreach (var group in problems)
            {
                Report(ingress, [.. group], table.Diagnostics);
            }
        }
    }

    private static void Report(IngressResource ingress, List<Problem> problems, DiagnosticBag diagnostics)
    {
        var first = problems[0];
        diagnostics.Warn(ingress, IngressDiagnosticIds.UnknownAnnotation, $"metadata.annotations[{first.Key}]", MessageOf(problems));
    }

    private static string MessageOf(List<Problem> problems)
    {
        var first = problems[0];
        var claim = first.Prefix.Length > 0 ? $"There is no annotation '{first.Name}' under '{first.Prefix}'" : $"'{first.Key}' has no effect";
        if (problems.Count == 1)
        {
            return $"{claim}.{Then(first.Reason)}{DidYouMean(first.Instead)}";
        }

        var names = string.Join(", ", problems.Take(MostNames).Select(problem => $"'{(first.Prefix.Length > 0 ? problem.Name : problem.Key)}'"));
        var more = problems.Count > MostNames ? $" and {problems.Count - MostNames} more" : "";
        var instead = problems.Where(static problem => problem.Instead is not null).Select(static problem => $"'{problem.Instead}'").Distinct().ToList();
        var advice = instead.Count > 0 ? $" Write {string.Join(", ", instead.Take(MostNames))}." : "";
        return first.Prefix.Length > 0
            ? $"There are no annotations {names}{more} under '{first.Prefix}'.{Then(first.Reason)}{advice}"
            : $"{names}{more} have no effect.{Then(first.Reason)}{advice}";
    }

    private static string Then(string? reason) => reason is null ? "" : " " + reason;

    private static string DidYouMean(string? instead) => instead is null ? "" : $" Did you mean '{instead}'?";

    private static Problem? ProblemOf(string key, string className, AnnotationVocabulary own, IngressLintOptions options)
    {
        var prefix = PrefixOf(key);
        var name = key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if (options.Annotations.Any(vocabulary => vocabulary.Prefix == prefix && vocabulary.Names.Contains(name)))
        {
            return null; // known
        }

        if (UnreadAnnotations.Find(key, className) is var (reason, instead))
        {
            return new(key, name, "", reason, instead);
        }

        if (prefix == UnreadAnnotations.RetiredPrefix)
        {
            return null; // of a controller that still reads it
        }

        return options.Annotations.FirstOrDefault(vocabulary => vocabulary.Prefix == prefix) is { } vocabulary
            ? ProblemOfName(key, name, vocabulary, options)
            : ProblemOfPrefix(key, prefix, name, own, options);
    }

    private static Problem? ProblemOfName(string key, string name, AnnotationVocabulary vocabulary, IngressLintOptions options)
    {
        var isNginx = vocabulary.Prefix == IngressNginxAnnotations.Prefix;
        if (isNginx && IngressNginxAnnotations.ReasonFor(name) is { } reason)
        {
            return new(key, name, vocabulary.Prefix, reason, null);
        }

        var nearest = isNginx && IngressNginxAnnotations.Replacements.TryGetValue(name, out var replacement)
            ? replacement
            : Spelling.Nearest(name, vocabulary.Names);
        if (nearest is not null)
        {
            // Numbered names, such as those of a list, are not misspelt.
            var isNumbered = !vocabulary.IsComplete && Spelling.WithoutDigits(nearest) == Spelling.WithoutDigits(name);
            return isNumbered ? null : new(key, name, vocabulary.Prefix, null, nearest);
        }

        var elsewhere = Elsewhere(name, vocabulary, options);
        return vocabulary.IsComplete || elsewhere is not null ? new(key, name, vocabulary.Prefix, null, elsewhere) : null;
    }

    // A misspelt prefix is only told from a foreign one by a name that is known.
    private static Problem? ProblemOfPrefix(string key, string prefix, string name, AnnotationVocabulary own, IngressLintOptions options)
    {
        var known = options.Annotations.Append(own);
        if (prefix.Length == 0)
        {
            // 'nginx.ingress.kubernetes.io.rewrite-target', or a name alone that is too long to be anybody else's.
            var dotted = known.FirstOrDefault(vocabulary => name.StartsWith(vocabulary.Prefix + ".", StringComparison.Ordinal)
                && vocabulary.Names.Contains(name[(vocabulary.Prefix.Length + 1)..]));
            var alone = known.Take(2).FirstOrDefault(vocabulary => name.AsSpan().ContainsAny('-', '.') && vocabulary.Names.Contains(name));
            return dotted is not null ? new(key, name, "", null, $"{dotted.Prefix}/{name[(dotted.Prefix.Length + 1)..]}")
                : alone is not null ? new(key, name, "", null, $"{alone.Prefix}/{name}")
                : null;
        }

        var meant = known.FirstOrDefault(candidate => candidate.Names.Contains(name) && IsMisspelt(prefix, candidate.Prefix));
        return meant is null ? null : new(key, name, "", null, $"{meant.Prefix}/{name}");
    }

    // Under the prefix of another controller: 'nginx.ingress.kubernetes.io/cluster-issuer'. Names that several know prove nothing.
    private static string? Elsewhere(string name, AnnotationVocabulary vocabulary, IngressLintOptions options)
        => name.AsSpan().ContainsAny('-', '.')
            && options.Annotations.Where(other => other != vocabulary && other.Names.Contains(name)).Take(2).ToList() is [var only]
                ? $"{only.Prefix}/{name}"
                : null;

    // "ingress.nginx.kubernetes.io" for "nginx.ingress.kubernetes.io": the same labels in another order, one too few or too many, or a slip of the pen.
    private static bool IsMisspelt(string prefix, string known)
    {
        var (written, right) = (prefix.Split('.'), known.Split('.'));
        return written.Order(StringComparer.Ordinal).SequenceEqual(right.Order(StringComparer.Ordinal))
            || Spelling.Nearest(prefix, [known]) is not null
            || known.StartsWith(prefix + ".", StringComparison.Ordinal)
            || (written.Length > 1 && right.Length == written.Length + 1 && written.All(right.Contains))
            || (written.Length == right.Length + 1 && right.All(written.Contains));
    }

    private static string PrefixOf(string key) => key[..Math.Max(0, key.IndexOf('/', StringComparison.Ordinal))];

    private static string ClassOf(IngressResource ingress)
        => ingress.IngressClassName ?? ingress.Metadata.Annotations.GetValueOrDefault(IngressClassSelector.LegacyAnnotation) ?? "";

    /// <param name="Key">The whole name.</param>
    /// <param name="Name">What follows the prefix.</param>
    /// <param name="Prefix">The prefix, if it is known to have no such name; otherwise empty.</param>
    /// <param name="Reason">Why nothing reads it; null when it is misspelt.</param>
    /// <param name="Instead">What to write; null when that is not known.</param>
    private sealed record Problem(string Key, string Name, string Prefix, string? Reason, string? Instead);
}

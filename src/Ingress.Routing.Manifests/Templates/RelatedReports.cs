using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Manifests.Templates;

/// <summary>Says once what many files or documents have in common: those of a chart, of a folder for kustomize, and of one template.</summary>
internal static class RelatedReports
{
    /// <summary>Leaves one of what belongs together, with the number of the others.</summary>
    public static IReadOnlyList<IngressDiagnostic> Fold(IReadOnlyList<IngressDiagnostic> diagnostics)
    {
        if (!diagnostics.Any(static diagnostic => IsFolded(diagnostic.Id)))
        {
            return diagnostics;
        }

        // The folder nearest to the root counts: a chart holds the charts that it needs.
        var owners = diagnostics.Where(static diagnostic => FolderOf(diagnostic) is not null)
            .OrderBy(static diagnostic => FolderOf(diagnostic)!.Length)
            .ToList();
        var folded = new List<IngressDiagnostic>(diagnostics.Count);
        var first = new Dictionary<(string Id, string File), (int Index, int Others)>();
        foreach (var diagnostic in diagnostics)
        {
            var owner = owners.Find(candidate => Covers(candidate, diagnostic));
            if (owner is not null && !ReferenceEquals(owner, diagnostic))
            {
                continue;
            }

            var key = (diagnostic.Id, diagnostic.Location?.File ?? "");
            if (IsFolded(diagnostic.Id) && first.TryGetValue(key, out var known))
            {
                first[key] = (known.Index, known.Others + 1);
                continue;
            }

            first[key] = (folded.Count, 0);
            folded.Add(diagnostic);
        }

        foreach (var (index, others) in first.Values.Where(static entry => entry.Others > 0))
        {
            var more = others == 1 ? "one more document" : $"{others} more documents";
            folded[index] = folded[index] with { Message = $"{folded[index].Message} The same holds for {more} of the file." };
        }

        return folded;
    }

    private static bool IsFolded(string id)
        => id is IngressDiagnosticIds.TemplateNotRendered or IngressDiagnosticIds.PatchSkipped or IngressDiagnosticIds.FileSkipped;

    // A chart stands for its templates and values, and a kustomization for its patches and for those that it builds on.
    private static bool Covers(IngressDiagnostic owner, IngressDiagnostic diagnostic)
    {
        if (!IsFolded(diagnostic.Id) || diagnostic.Location is not { } location || !IsBelow(FolderOf(owner)!, location.File))
        {
            return false;
        }

        return ForeignDocument.IsChart(owner.Location!.Value.File)
            || diagnostic.Id == IngressDiagnosticIds.PatchSkipped
            || ForeignDocument.IsKustomization(location.File);
    }

    private static bool IsBelow(string folder, string file)
        => Path.GetDirectoryName(file) is { } at
            && (folder.Length == 0 || at == folder || at.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    // The folder that a chart or a kustomization stands for.
    private static string? FolderOf(IngressDiagnostic diagnostic)
        => diagnostic is { Id: IngressDiagnosticIds.FileSkipped, Location: { } location }
            && (ForeignDocument.IsChart(location.File) || ForeignDocument.IsKustomization(location.File))
                ? Path.GetDirectoryName(location.File)
                : null;
}

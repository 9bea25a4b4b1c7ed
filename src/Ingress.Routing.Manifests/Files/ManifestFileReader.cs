using System.Globalization;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Manifests.Binding;
using Ingress.Routing.Manifests.Syntax;
using Ingress.Routing.Manifests.Templates;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Files;

/// <summary>Reads whole files. Not thread-safe.</summary>
internal sealed class ManifestFileReader
{
    private readonly KeyPool _keys = new();

    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="file">What diagnostics call it; the ending <c>.json</c> rules out YAML in braces.</param>
    /// <param name="earlier">An earlier version of the same file, whose unchanged documents keep their objects.</param>
    public ManifestFile Read(string text, string file, ManifestFile? earlier = null)
    {
        var known = earlier?.Parts.ToDictionary(static part => part.FirstLine) ?? [];
        var reader = new DocumentReader(_keys, file.EndsWith(".json", StringComparison.OrdinalIgnoreCase));

        // Document by document: the tree of one is garbage before the next is read.
        var parts = new List<ManifestPart>();
        var size = 0L;
        foreach (var document in DocumentSplitter.Split(text))
        {
            var hash = DocumentHash.Of(document.Text);
            var part = known.TryGetValue(document.FirstLine, out var earlierPart) && earlierPart.IsOf(document, hash)
                ? earlierPart
                : Read(document, hash, file, reader);
            parts.Add(part);
            size += part.Size;
            if (size > ManifestLimits.FileNodes)
            {
                parts.Add(TooManyNodes(hash, document.FirstLine, file));
                break;
            }
        }

        return new(parts);
    }

    private static ManifestPart Read(DocumentText text, DocumentHash hash, string file, DocumentReader reader)
    {
        var resources = new List<KubernetesResource>();
        var diagnostics = new List<IngressDiagnostic>();
        var documents = new List<ManifestNode>();
        var problem = reader.Read(text, documents);
        if (TemplateOf(text, problem, out var sample) is { } language)
        {
            // What stands in a Secret is not shown.
            var shown = text.Text.Contains("Secret", StringComparison.Ordinal) ? "" : $", as '{sample}' shows";
            diagnostics.Add(FileProblem.At(IngressDiagnosticIds.TemplateNotRendered, file, problem?.Position ?? new(text.FirstLine, 1),
                $"This is {language.Name}{shown}. {language.Remedy} It is not read."));
            return new(hash, text.FirstLine, [], [.. diagnostics]) { Mentions = DocumentIdentity.Guess(text.Text) };
        }

        documents.ForEach(new ObjectBinder(file, resources, diagnostics).Bind);
        if (problem is not null)
        {
            diagnostics.Add(FileProblem.At(problem.Id, file, problem.Position, $"{problem.Message} The document is not read."));
        }

        return new(hash, text.FirstLine, [.. resources], [.. diagnostics])
        {
            Mentions = problem is null ? [] : DocumentIdentity.Guess(text.Text),
            Size = documents.Sum(static document => document.Size),
        };
    }

    private static ManifestPart TooManyNodes(DocumentHash hash, int line, string file) => new(
        hash,
        line,
        [],
        [FileProblem.At(IngressDiagnosticIds.LimitExceeded, file, new(line, 1), string.Create(
            CultureInfo.InvariantCulture, $"The documents up to here hold more than {ManifestLimits.FileNodes} values. The rest of the file is not read."))]);

    // A template may still be YAML, and the objects of other kinds may hold templates of their own: only what cannot be read is looked through.
    private static TemplateLanguage? TemplateOf(DocumentText text, ManifestSyntaxException? problem, out string sample)
        => TemplateLanguage.OfComments(text.Text, out sample) is { } language ? language
            : problem is { Id: IngressDiagnosticIds.UnreadableManifest } || TemplateLanguage.BeginsWithTag(text.Text)
                ? TemplateLanguage.Of(TextWithoutComments(text), out sample)
                : null;

    // Commented out, a template is no template.
    private static string TextWithoutComments(DocumentText text)
        => string.Join('\n', text.Text.Split('\n').Where(static line => !line.AsSpan().TrimStart().StartsWith("#", StringComparison.Ordinal)));
}

using Ingress.Routing.Diagnostics;
using Ingress.Routing.Manifests.Binding;
using Ingress.Routing.Manifests.Syntax;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Files;

/// <summary>Reads whole files. Not thread-safe.</summary>
internal sealed class ManifestFileReader
{
    private readonly KeyPool _keys = new();

    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="file">What diagnostics call it; the ending <c>.json</c> rules out YAML in braces.</param>
    public ManifestFile Read(string text, string file)
    {
        var resources = new List<KubernetesResource>();
        var diagnostics = new List<IngressDiagnostic>();
        var binder = new ObjectBinder(file, resources, diagnostics);
        var reader = new DocumentReader(_keys, file.EndsWith(".json", StringComparison.OrdinalIgnoreCase));

        // Document by document: the tree of one is garbage before the next is read.
        var documents = new List<ManifestNode>();
        foreach (var document in DocumentSplitter.Split(text))
        {
            var problem = reader.Read(document, documents);
            documents.ForEach(binder.Bind);
            documents.Clear();
            if (problem is not null)
            {
                diagnostics.Add(FileProblem.At(problem.Id, file, problem.Position, $"{problem.Message} The document is not read."));
            }
        }

        return new(resources, diagnostics);
    }
}

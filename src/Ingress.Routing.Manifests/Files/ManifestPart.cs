using Ingress.Routing.Diagnostics;
using Ingress.Routing.Manifests.Syntax;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Files;

/// <summary>What was read from the text between two separators of a file. Immutable.</summary>
internal sealed class ManifestPart(
    DocumentHash hash, int firstLine, IReadOnlyList<KubernetesResource> resources, IReadOnlyList<IngressDiagnostic> diagnostics)
{
    /// <summary>The objects that a text which cannot be read seems to be about.</summary>
    public IReadOnlyCollection<ResourceReference> Mentions { get; init; } = [];

    /// <summary>How many nodes it has.</summary>
    public int Size { get; init; }

    public int FirstLine => firstLine;

    /// <summary>The objects, in the order written.</summary>
    public IReadOnlyList<KubernetesResource> Resources => resources;

    /// <summary>What is wrong with the text and its objects.</summary>
    public IReadOnlyList<IngressDiagnostic> Diagnostics => diagnostics;

    /// <summary>Whether this is what reading a text of the same file would yield. Lines count: objects know where they were written.</summary>
    public bool IsOf(DocumentText document, DocumentHash documentHash)
        => document.FirstLine == firstLine && documentHash == hash;
}

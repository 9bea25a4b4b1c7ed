using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Files;

/// <summary>What was read from one version of one file. Immutable.</summary>
internal sealed class ManifestFile
{
    public ManifestFile(IReadOnlyList<ManifestPart> parts)
    {
        Parts = parts;
        Resources = parts is [var only] ? only.Resources : [.. parts.SelectMany(static part => part.Resources)];
        Diagnostics = parts is [var single] ? single.Diagnostics : [.. parts.SelectMany(static part => part.Diagnostics)];
        IsWellFormed = !Diagnostics.Any(IsSyntaxError);
    }

    private ManifestFile(IngressDiagnostic problem)
    {
        Parts = [];
        Resources = [];
        Diagnostics = [problem];
    }

    /// <summary>Nothing, since nothing was read yet.</summary>
    public static ManifestFile None { get; } = new([]);

    /// <summary>The objects that documents name which could not be read, and those beside them. To be asked of a broken file.</summary>
    public IReadOnlyCollection<ResourceReference> Mentions
        => [.. Parts.SelectMany(static part => part.Mentions), .. Resources.Select(static resource => resource.Reference)];

    /// <summary>The texts between its separators.</summary>
    public IReadOnlyList<ManifestPart> Parts { get; }

    /// <summary>The objects, in the order written.</summary>
    public IReadOnlyList<KubernetesResource> Resources { get; }

    /// <summary>What is wrong with the file and its objects, in the order of the text as far as it is known.</summary>
    public IReadOnlyList<IngressDiagnostic> Diagnostics { get; }

    /// <summary>Whether every document could be read, if perhaps not understood.</summary>
    public bool IsWellFormed { get; }

    /// <summary>A file that could not be read as text.</summary>
    public static ManifestFile Unreadable(IngressDiagnostic problem) => new(problem);

    /// <summary>Whether a diagnostic says that something could not be read at all.</summary>
    public static bool IsSyntaxError(IngressDiagnostic diagnostic)
        => diagnostic.Id is IngressDiagnosticIds.UnreadableManifest or IngressDiagnosticIds.LimitExceeded
            or IngressDiagnosticIds.NotAFile or IngressDiagnosticIds.FileDoesNotAnswer
            || diagnostic is { Id: IngressDiagnosticIds.TemplateNotRendered, Resource: null };
}

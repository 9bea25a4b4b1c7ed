using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Files;

/// <summary>What was read from one version of one file. Immutable.</summary>
internal sealed class ManifestFile(IReadOnlyList<KubernetesResource> resources, IReadOnlyList<IngressDiagnostic> diagnostics)
{
    /// <summary>The objects, in the order written.</summary>
    public IReadOnlyList<KubernetesResource> Resources { get; } = resources;

    /// <summary>What is wrong with the file and its objects, in the order of the text as far as it is known.</summary>
    public IReadOnlyList<IngressDiagnostic> Diagnostics { get; } = diagnostics;

    /// <summary>Whether every document could be read, if perhaps not understood.</summary>
    public bool IsWellFormed { get; } = !diagnostics.Any(IsSyntaxError);

    /// <summary>Whether nobody could tell this file from another: the objects are the same instances, or there are none.</summary>
    public bool IsEquivalentTo(ManifestFile other)
        => ReferenceEquals(this, other)
            || (Resources.Count == 0 && other.Resources.Count == 0 && Diagnostics.SequenceEqual(other.Diagnostics));

    /// <summary>Whether a diagnostic says that something could not be read at all.</summary>
    public static bool IsSyntaxError(IngressDiagnostic diagnostic)
        => diagnostic.Id is IngressDiagnosticIds.UnreadableManifest or IngressDiagnosticIds.LimitExceeded;
}

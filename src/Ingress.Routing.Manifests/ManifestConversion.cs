using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Manifests;

/// <summary>A manifest whose objects of retired API versions were rewritten. Immutable.</summary>
public sealed record ManifestConversion
{
    /// <summary>What diagnostics call the file.</summary>
    public required string File { get; init; }

    /// <summary>The text: what was converted as YAML that is written anew, every other document as it was.</summary>
    public required string Text { get; init; }

    /// <summary>How many objects were converted.</summary>
    public required int ConvertedObjects { get; init; }

    /// <summary>How many comments stood inside documents that were written anew, and are lost.</summary>
    public required int LostComments { get; init; }

    /// <summary>What became of each object, and what could not be read; a file that cannot be read is in here too.</summary>
    public required IReadOnlyList<IngressDiagnostic> Diagnostics { get; init; }
}

namespace Ingress.Routing.Manifests;

/// <summary>How quiet it was before a look.</summary>
internal enum QuietKind
{
    /// <summary>It was not, and waiting for it took too long: more is on its way.</summary>
    None,

    /// <summary>For a moment: long enough for a few files that are finished, and for nothing else.</summary>
    Brief,

    /// <summary>For the whole time, or it has not been for so long that it counts as if it had.</summary>
    Whole,
}

namespace Ingress.Routing.Manifests.Files;

/// <summary>What a piece of work is waiting for.</summary>
internal enum WorkPhase
{
    /// <summary>The file system.</summary>
    Reading,

    /// <summary>The other end of a pipe.</summary>
    Streaming,

    /// <summary>The processor.</summary>
    Computing,
}

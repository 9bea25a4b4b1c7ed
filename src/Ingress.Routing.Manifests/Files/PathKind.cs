namespace Ingress.Routing.Manifests.Files;

/// <summary>What a path leads to, when links are followed.</summary>
internal enum PathKind
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>What it leads to may not or cannot be asked.</summary>
    Unknown,
    File,
    Folder,
    Pipe,
    Socket,
    Device,
}

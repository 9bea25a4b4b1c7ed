namespace Ingress.Routing.Manifests;

/// <summary>What one manifest may cost. Far above anything people write, far below what would hurt.</summary>
internal static class ManifestLimits
{
    /// <summary>The size of a file in bytes.</summary>
    public const int FileBytes = 32 * 1024 * 1024;

    /// <summary>How deep lists and mappings may nest; what a binder or an origin walks recursively is never deeper.</summary>
    public const int Depth = 64;

    /// <summary>How many keys and values one document may hold: 100 MB of memory and a few seconds for each million.</summary>
    public const int DocumentNodes = 2_000_000;

    /// <summary>How many values the documents of one file may hold together.</summary>
    public const int FileNodes = 4_000_000;

    /// <summary>How many nodes the aliases and merge keys of one document may stand for.</summary>
    public const int AliasedNodes = 100_000;
}

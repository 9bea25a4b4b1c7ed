namespace Ingress.Routing.Manifests.Files;

/// <summary>What the file system has told of some paths.</summary>
/// <param name="Exists">Whether it has told anything.</param>
/// <param name="Paths">The full paths that may have changed; null when anything may have.</param>
internal readonly record struct Announcement(bool Exists, IReadOnlyCollection<string>? Paths);

namespace Ingress.Routing.Manifests.Files;

/// <summary>The version of a file on disk while it does not count yet.</summary>
/// <param name="File">What it says.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Since">When it was first seen.</param>
internal sealed record UnfinishedVersion(ManifestFile File, int Length, long Since);

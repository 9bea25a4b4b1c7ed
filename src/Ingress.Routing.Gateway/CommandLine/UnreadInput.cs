using Ingress.Routing.Diagnostics;
using Ingress.Routing.Manifests;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Tells input that says nothing from input of which nothing could be read.</summary>
internal static class UnreadInput
{
    /// <summary>Takes files that were opened, and of which not one document could be read, for files that were not read at all.</summary>
    /// <remarks>An empty file was read, and so was one whose objects are refused: something is known of each of them.</remarks>
    public static ManifestResult Discount(ManifestResult files) => IsUnread(files) ? files with { FilesRead = 0 } : files;

    /// <summary>Says what was looked at when nothing could be read of it.</summary>
    /// <param name="paths">The paths as they were given.</param>
    public static string Describe(IReadOnlyList<string> paths)
    {
        var reasons = paths.Select(static path => path == ManifestInput.StandardInput ? "standard input holds no document that can be read"
            : File.Exists(path) ? $"'{path}' holds no document that can be read"
            : !Directory.Exists(path) ? $"there is no file or folder '{path}'"
            : IngressManifests.Load([path]).FilesRead == 0 ? $"the folder '{path}' holds no file *.yaml, *.yml or *.json that can be read"
            : $"no file of the folder '{path}' holds a document that can be read");
        return $"Nothing could be read: {string.Join("; ", reasons)}.";
    }

    private static bool IsUnread(ManifestResult files)
    {
        var snapshot = files.Snapshot;
        return files.FilesRead > 0
            && snapshot.Ingresses.Count + snapshot.IngressClasses.Count + snapshot.Services.Count == 0
            && snapshot.EndpointSlices.Count + snapshot.Secrets.Count + snapshot.ConfigMaps.Count == 0
            && files.Diagnostics.Any(static diagnostic => diagnostic.Id is IngressDiagnosticIds.UnreadableManifest or IngressDiagnosticIds.LimitExceeded)
            && files.Diagnostics.All(static diagnostic => diagnostic is { Severity: IngressDiagnosticSeverity.Error, Resource: null });
    }
}

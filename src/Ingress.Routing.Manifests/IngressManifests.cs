using Ingress.Routing.Manifests.Files;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests;

/// <summary>Reads Kubernetes manifests: the cluster's own objects, without a cluster.</summary>
/// <remarks>
/// YAML is read as the API server reads it (YAML 1.1 booleans and octal numbers, merge keys, the last of two equal keys). A document
/// that is broken costs no other document; an object with a value of the wrong type costs no other object. Objects of kinds that take
/// no part in routing are skipped. Safe to use from several threads.
/// </remarks>
public static class IngressManifests
{
    /// <summary>Reads the text of one manifest.</summary>
    /// <param name="text">YAML or JSON, any number of documents.</param>
    /// <param name="fileName">What diagnostics call it.</param>
    /// <returns>The objects and what was wrong. Content never throws.</returns>
    public static ManifestResult Parse(string text, string fileName = "manifest")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);

        var index = new ManifestIndex();
        index.Set(new() { Found = new(fileName, fileName, 0), File = new ManifestFileReader().Read(text, fileName) });
        return new() { Snapshot = ClusterSnapshot.Empty.Apply(index.TakeChange([])), FilesRead = 1 };
    }

    /// <summary>Reads files and folders.</summary>
    /// <param name="paths">
    /// Files, and folders whose <c>*.yaml</c>, <c>*.yml</c> and <c>*.json</c> are read recursively, in ordinal order; names that begin
    /// with a dot are left out. When an object is given twice, the later one counts, as after <c>kubectl apply</c>.
    /// </param>
    /// <returns>The objects and what was wrong. A path that cannot be read is a diagnostic.</returns>
    public static ManifestResult Load(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);

        var catalog = new ManifestCatalog([.. paths], TimeProvider.System);
        var snapshot = ClusterSnapshot.Empty.Apply(catalog.Refresh());
        return new() { Snapshot = snapshot, FilesRead = catalog.FilesRead };
    }
}

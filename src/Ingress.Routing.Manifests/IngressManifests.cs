using Ingress.Routing.Diagnostics;
using Ingress.Routing.Manifests.Conversion;
using Ingress.Routing.Manifests.Files;

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

    /// <summary>Rewrites objects of API versions that Kubernetes no longer serves: Ingress and IngressClass of v1beta1.</summary>
    /// <param name="text">YAML or JSON, any number of documents.</param>
    /// <param name="fileName">What diagnostics call it.</param>
    /// <param name="usesClassField">
    /// Whether the annotation <c>kubernetes.io/ingress.class</c> becomes <c>spec.ingressClassName</c>. API servers left it, since the field
    /// needs an IngressClass of that name.
    /// </param>
    /// <returns>The new text, as the last API server that read the old version would have stored the objects. Content never throws.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ManifestConversion Convert(string text, string fileName = "manifest", bool usesClassField = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        return ManifestConverter.Convert(text, fileName, usesClassField);
    }

    /// <summary>Rewrites the objects of retired API versions in files and folders; nothing is written to disk.</summary>
    /// <param name="paths">As for <see cref="Load"/>.</param>
    /// <param name="usesClassField">As for <see cref="Convert(string, string, bool)"/>.</param>
    /// <returns>One result for each file, in the order in which they are read; its text is empty when it could not be read.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="paths"/> is null.</exception>
    public static IReadOnlyList<ManifestConversion> ConvertFiles(IEnumerable<string> paths, bool usesClassField = false)
    {
        ArgumentNullException.ThrowIfNull(paths);

        var scan = ManifestScan.Of([.. paths]);
        return
        [
            .. scan.Failures.Select(static failure => Unreadable(failure.Path, failure.Problem)),
            .. scan.Files.Select(found => ConvertFile(found.File.Path, usesClassField)),
        ];
    }

    private static ManifestConversion ConvertFile(string path, bool usesClassField)
    {
        var content = FileContent.Read(path);
        return content.Problem is { } problem ? Unreadable(path, problem) : ManifestConverter.Convert(content.Text!, path, usesClassField);
    }

    private static ManifestConversion Unreadable(string file, IngressDiagnostic problem)
        => new() { File = file, Text = "", ConvertedObjects = 0, LostComments = 0, Diagnostics = [problem] };
}

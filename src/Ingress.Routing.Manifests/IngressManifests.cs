namespace Ingress.Routing.Manifests;

/// <summary>Reads Kubernetes manifests: the cluster's own objects, without a cluster.</summary>
public static class IngressManifests
{
    /// <summary>Reads the text of one manifest.</summary>
    /// <param name="text">YAML or JSON, any number of documents.</param>
    /// <param name="fileName">What diagnostics call it.</param>
    /// <returns>The objects and what was wrong. Content never throws.</returns>
    public static ManifestResult Parse(string text, string fileName = "manifest") => throw new NotSupportedException();

    /// <summary>Reads files and folders.</summary>
    /// <param name="paths">Files, and folders whose <c>*.yaml</c>, <c>*.yml</c> and <c>*.json</c> are read recursively.</param>
    /// <returns>The objects and what was wrong. A path that cannot be read is a diagnostic.</returns>
    public static ManifestResult Load(IEnumerable<string> paths) => throw new NotSupportedException();
}

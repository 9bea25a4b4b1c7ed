namespace Ingress.Routing.Gateway.Tests;

/// <summary>A temporary folder of manifests.</summary>
internal sealed class ManifestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ingress-gateway-");

    public string Path => _folder.FullName;

    /// <summary>Writes a file as editors and <c>kubectl</c> users do: elsewhere first, then moved into place.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        var draft = System.IO.Path.GetTempFileName();
        File.WriteAllText(draft, text);
        File.Move(draft, path, overwrite: true);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

using System.Text;

namespace Ingress.Routing.Kubernetes.Configuration;

/// <summary>PEM that a kubeconfig holds itself, or names a file for.</summary>
internal sealed record FileOrData
{
    private readonly byte[]? _data;

    public FileOrData(string file) => File = file;

    public FileOrData(byte[] data) => _data = data;

    /// <summary>The file; null when the content was given.</summary>
    public string? File { get; }

    /// <summary>The content now: a file is read again, since it may have been replaced.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public byte[] Read() => _data ?? System.IO.File.ReadAllBytes(File!);

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(File ?? "data");
        return true;
    }
}

namespace Ingress.Routing.Acme.Tests.Support;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("acme-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

using Ingress.Routing.Manifests.Files;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Looking at the same files again.</summary>
public sealed class CatalogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Refresh_NothingNew_SaysSo()
    {
        _folder.Write("a.yaml", Manifest.Ingress("a") + "\n---\na: [");
        _folder.Write("b.yaml", Manifest.Ingress("b"));
        File.CreateSymbolicLink(_folder["c.yaml"], "c.yaml");
        var catalog = new ManifestCatalog([_folder.Path, _folder["missing"]], TimeProvider.System);
        Assert.True(catalog.Refresh());
        var first = catalog.ToResult();

        Assert.False(catalog.Refresh());
        File.SetLastWriteTimeUtc(_folder["a.yaml"], DateTime.UtcNow.AddMinutes(-1));
        Assert.False(catalog.Refresh());
        _folder.Write("b.yaml", Manifest.Ingress("b"));
        Assert.False(catalog.Refresh());

        Assert.Equal(first.Diagnostics, catalog.ToResult().Diagnostics);
        Assert.Equal(first.Snapshot.Ingresses, catalog.ToResult().Snapshot.Ingresses, ReferenceEqualityComparer.Instance);
        Assert.Equal((2, 2), (first.FilesRead, catalog.ToResult().FilesRead));
    }

    [Fact]
    public void Refresh_OldFileWithTheSameStamp_IsNotReadAgain()
    {
        var path = _folder.Write("a.yaml", Manifest.Ingress("a"));
        var longAgo = DateTime.UtcNow.AddMinutes(-1);
        File.SetLastWriteTimeUtc(path, longAgo);
        var catalog = new ManifestCatalog([path], TimeProvider.System);
        catalog.Refresh();

        _folder.Write("a.yaml", Manifest.Ingress("b"));
        File.SetLastWriteTimeUtc(path, longAgo);

        Assert.False(catalog.Refresh());
        File.SetLastWriteTimeUtc(path, longAgo.AddSeconds(1));
        Assert.True(catalog.Refresh());
        Assert.Equal("b", Manifest.Names(catalog.ToResult().Snapshot));
    }

    [Fact]
    public void Refresh_FileTooLargeOrUnreadable_KeepsItsLastGoodVersion()
    {
        var path = _folder.Write("a.yaml", Manifest.Ingress("a"));
        var catalog = new ManifestCatalog([_folder.Path], TimeProvider.System);
        catalog.Refresh();

        using (var file = File.OpenWrite(path))
        {
            file.SetLength(ManifestLimits.FileBytes + 1L);
        }

        Assert.True(catalog.Refresh());
        Assert.Equal(["INGR106 ", "INGR107 "], catalog.ToResult().Diagnostics.Select(static diagnostic => $"{diagnostic.Id} {diagnostic.Field}"));
        File.Delete(path);
        File.CreateSymbolicLink(path, "nowhere");
        Assert.True(catalog.Refresh());
        Assert.Equal(["INGR100 ", "INGR107 "], catalog.ToResult().Diagnostics.Select(static diagnostic => $"{diagnostic.Id} {diagnostic.Field}"));
        Assert.Equal("a", Manifest.Names(catalog.ToResult().Snapshot));
    }

    [Fact]
    public void Refresh_BrokenThenGoodAgainAsBefore_ForgetsTheProblem()
    {
        var catalog = new ManifestCatalog([_folder.Path], TimeProvider.System);
        _folder.Write("a.yaml", Manifest.Ingress("a"));
        catalog.Refresh();
        _folder.Write("a.yaml", "a: [");
        catalog.Refresh();

        _folder.Write("a.yaml", Manifest.Ingress("a"));

        Assert.True(catalog.Refresh());
        Assert.Empty(catalog.ToResult().Diagnostics);
    }
}

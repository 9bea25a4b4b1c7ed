using Ingress.Routing.Model;

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
        var catalog = new FollowedCatalog(_folder.Path, _folder["missing"]);
        Assert.True(catalog.Refresh());
        var first = catalog.Snapshot;

        Assert.False(catalog.Refresh());
        File.SetLastWriteTimeUtc(_folder["a.yaml"], DateTime.UtcNow.AddMinutes(-1));
        Assert.False(catalog.Refresh());
        _folder.Write("b.yaml", Manifest.Ingress("b"));
        Assert.False(catalog.Refresh());

        Assert.Equal(first.SourceDiagnostics, catalog.Snapshot.SourceDiagnostics);
        Assert.Equal(first.Ingresses, catalog.Snapshot.Ingresses, ReferenceEqualityComparer.Instance);
        Assert.Equal(2, catalog.FilesRead);
    }

    [Fact]
    public void Refresh_OldFileWithTheSameStamp_IsNotReadAgain()
    {
        var path = _folder.Write("a.yaml", Manifest.Ingress("a"));
        var longAgo = DateTime.UtcNow.AddMinutes(-1);
        File.SetLastWriteTimeUtc(path, longAgo);
        var catalog = new FollowedCatalog(path);
        Assert.True(catalog.Refresh());

        _folder.Write("a.yaml", Manifest.Ingress("b"));
        File.SetLastWriteTimeUtc(path, longAgo);

        Assert.False(catalog.Refresh());
        File.SetLastWriteTimeUtc(path, longAgo.AddSeconds(1));
        Assert.True(catalog.Refresh());
        Assert.Equal("b", Manifest.Names(catalog.Snapshot));
    }

    [Fact]
    public void Refresh_FileTooLargeOrUnreadable_KeepsItsLastGoodVersion()
    {
        var path = _folder.Write("a.yaml", Manifest.Ingress("a"));
        var catalog = new FollowedCatalog(_folder.Path);
        Assert.True(catalog.Refresh());

        using (var file = File.OpenWrite(path))
        {
            file.SetLength(ManifestLimits.FileBytes + 1L);
        }

        Assert.True(catalog.Refresh());
        Assert.Equal(["INGR106 ", "INGR107 "], catalog.Snapshot.SourceDiagnostics.Select(static diagnostic => $"{diagnostic.Id} {diagnostic.Field}"));
        File.Delete(path);
        File.CreateSymbolicLink(path, "nowhere");
        Assert.True(catalog.Refresh());
        Assert.Equal(["INGR100 ", "INGR107 "], catalog.Snapshot.SourceDiagnostics.Select(static diagnostic => $"{diagnostic.Id} {diagnostic.Field}"));
        Assert.Equal("a", Manifest.Names(catalog.Snapshot));
    }

    [Fact]
    public void Refresh_BrokenThenGoodAgainAsBefore_ForgetsTheProblem()
    {
        var catalog = new FollowedCatalog(_folder.Path);
        _folder.Write("a.yaml", Manifest.Ingress("a"));
        Assert.True(catalog.Refresh());
        _folder.Write("a.yaml", "a: [");
        Assert.True(catalog.Refresh());

        _folder.Write("a.yaml", Manifest.Ingress("a"));

        Assert.True(catalog.Refresh());
        Assert.Empty(catalog.Snapshot.SourceDiagnostics);
    }

    [Fact]
    public void TryRefresh_FileWrittenCreatedRenamedDeleted_TouchesItsObjectsOnly()
    {
        _folder.Write("sub/a.yaml", Manifest.Ingress("a"));
        _folder.Write("b.yaml", Manifest.Ingress("b"));
        var catalog = new FollowedCatalog(_folder.Path);
        catalog.Refresh();

        Assert.True(catalog.TryRefresh(_folder.Write("sub/a.yaml", Manifest.Ingress("a2"))));
        Assert.Equal("-a a2", catalog.ChangedNames());

        Assert.True(catalog.TryRefresh(_folder.Write("c.yaml", Manifest.Ingress("c"))));
        Assert.Equal("c", catalog.ChangedNames());

        File.Move(_folder["c.yaml"], _folder["sub/c.txt"]);
        Assert.True(catalog.TryRefresh(_folder["c.yaml"], _folder["sub/c.txt"]));
        Assert.Equal("-c", catalog.ChangedNames());

        File.Delete(_folder["b.yaml"]);
        Assert.True(catalog.TryRefresh(_folder["b.yaml"], _folder["come-and-gone.yaml"], _folder[".git/b.yaml"]));
        Assert.Equal("-b", catalog.ChangedNames());
        Assert.Equal("a2", Manifest.Names(catalog.Snapshot));
    }

    [Fact]
    public void TryRefresh_OneDocumentOfMany_TouchesItsObjectOnly()
    {
        string[] documents = [Manifest.Ingress("a"), Manifest.Ingress("b"), "a: [", Manifest.Ingress("d")];
        _folder.Write("a.yaml", string.Join("\n---\n", documents));
        var catalog = new FollowedCatalog(_folder.Path);
        catalog.Refresh();

        documents[1] = Manifest.Ingress("b", host: "other.example");
        catalog.TryRefresh(_folder.Write("a.yaml", string.Join("\n---\n", documents)));
        Assert.Equal("b", catalog.ChangedNames());
        Assert.Null(catalog.Change.SourceDiagnostics);

        // What has moved is another object, for it stands elsewhere.
        documents[1] = "# a comment\n" + documents[1];
        catalog.TryRefresh(_folder.Write("a.yaml", string.Join("\n---\n", documents)));
        Assert.Equal("b d", catalog.ChangedNames());
        Assert.Single(catalog.Change.SourceDiagnostics!);
    }

    [Fact]
    public void TryRefresh_ObjectGivenTwice_TheNextOneComesForward()
    {
        _folder.Write("a.yaml", Manifest.Ingress("web", host: "a.example"));
        _folder.Write("b.yaml", Manifest.Ingress("web", host: "b.example"));
        _folder.Write("c.yaml", Manifest.Ingress("c"));
        var catalog = new FollowedCatalog(_folder.Path);
        catalog.Refresh();
        Assert.Single(catalog.Snapshot.SourceDiagnostics);

        File.Delete(_folder["b.yaml"]);
        Assert.True(catalog.TryRefresh(_folder["b.yaml"]));
        Assert.Equal("a.example", Assert.IsType<IngressResource>(Assert.Single(catalog.Change.Upserted)).Rules[0].Host);
        Assert.Empty(catalog.Snapshot.SourceDiagnostics);

        // The one that does not count is only talked about.
        Assert.True(catalog.TryRefresh(_folder.Write("0.yaml", Manifest.Ingress("web", host: "0.example"))));
        Assert.Empty(catalog.Change.Upserted);
        Assert.Single(catalog.Change.SourceDiagnostics!);
    }

    [Fact]
    public void TryRefresh_WhatANameDoesNotTell_IsLeftToALookAtEverything()
    {
        var file = _folder.Write("root/a.yaml", Manifest.Ingress("a"));
        var named = _folder.Write("named.yaml", Manifest.Ingress("named"));
        var catalog = new FollowedCatalog(_folder["root"], named, _folder["missing"]);
        catalog.Refresh();

        _folder.Write("root/new/b.yaml", Manifest.Ingress("b"));
        Assert.False(catalog.TryRefresh(_folder["root/new"]));
        Assert.False(catalog.TryRefresh(_folder["root/new/b.yaml"]));
        Assert.False(catalog.TryRefresh(_folder["root"]));
        Assert.False(catalog.TryRefresh(_folder["beside.yaml"]));
        Assert.False(catalog.TryRefresh(_folder["missing"]));
        Assert.True(catalog.TryRefresh(_folder.Write("named.yaml", Manifest.Ingress("named2"))));
        File.Delete(named);
        Assert.False(catalog.TryRefresh(named));

        File.CreateSymbolicLink(_folder["root/link.yaml"], file);
        Assert.False(catalog.TryRefresh(_folder["root/link.yaml"]));
        catalog.Refresh();
        Assert.False(catalog.TryRefresh(file));
    }
}

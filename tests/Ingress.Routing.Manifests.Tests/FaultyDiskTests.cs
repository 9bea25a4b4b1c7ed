using Ingress.Routing.Manifests.Files;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Nothing is replaced by what could not be read, whichever call it is that fails.</summary>
public sealed class FaultyDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FaultyDisk _disk = new();
    private ClusterSnapshot _snapshot = ClusterSnapshot.Empty;

    public static TheoryData<string> Failures => new(
        nameof(IOException), nameof(UnauthorizedAccessException), nameof(InvalidOperationException), nameof(NotSupportedException));

    public void Dispose()
    {
        _disk.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void Refresh_OneCallFails_NothingIsLost(string kind)
    {
        var catalog = Fill();
        for (var failing = 0; ; failing++)
        {
            _disk.FailWith(call => call == failing ? Exception(kind) : null);
            _folder.Write("a.yaml", Manifest.Ingress("a") + new string('\n', failing + 1));
            Assert.Equal("a b c", NamesAfter(catalog.Refresh));
            if (_disk.Calls <= failing)
            {
                return; // there is no further call that could fail
            }

            _disk.FailWith(call => call >= failing ? Exception(kind) : null);
            Assert.Equal("a b c", NamesAfter(catalog.Refresh));
            _disk.FailWith(call => call >= failing ? Exception(kind) : null);
            _folder.Write("a.yaml", Manifest.Ingress("a") + new string('\n', failing + 1) + "#");
            Assert.Equal("a b c", NamesAfter(() => catalog.TryRefresh([_folder["a.yaml"], _folder["sub/b.yaml"]])));
            _disk.FailWith(static _ => null);
            Assert.Equal("a b c", NamesAfter(catalog.Refresh));
            Assert.Empty(catalog.Reports);
        }
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Watch_SourceFailsAndTheFolderCannotBeRead_EverythingIsYieldedAgain(string kind)
    {
        Fill();
        var options = ManifestWatchOptions.Default with { UsesEvents = false, Catalog = CatalogOptions.Watching with { Disk = _disk } };
        var source = new ManifestIngressSource([_folder.Path], TimeProvider.System, options);
        for (var failing = 0; failing < 12; failing++)
        {
            _disk.FailWith(static _ => null);
            Assert.Equal("a b c", await FirstNamesAsync(source));
            _disk.FailWith(call => call >= failing ? Exception(kind) : null);
            Assert.Equal("a b c", await FirstNamesAsync(source));
        }
    }

    [Fact]
    public async Task Watch_FolderIsGoneWhenItBeginsAnew_KeepsItsObjects()
    {
        Fill();
        var source = new ManifestIngressSource([_folder["sub"]], TimeProvider.System, ManifestWatchOptions.Default);
        Assert.Equal("b c", await FirstNamesAsync(source));

        Directory.Delete(_folder["sub"], recursive: true);

        Assert.Equal("b c", await FirstNamesAsync(source));
    }

    [Fact]
    public async Task Watch_OneFileHangs_DelaysOnlyItselfAndIsReported()
    {
        Fill();
        var watching = CatalogOptions.Watching with { Disk = _disk };
        var options = new ManifestWatchOptions
        {
            SafetyPoll = TimeSpan.FromHours(1),
            Catalog = watching with { First = watching.First with { Reading = TimeSpan.FromMilliseconds(300) }, Later = watching.Later! with { Reading = TimeSpan.FromMilliseconds(50) } },
        };
        await using var watched = new WatchedManifests(options, _folder.Path);
        await watched.WaitForNamesAsync("a b c");

        _disk.Hanging = "a.yaml";
        _folder.Write("a.yaml", Manifest.Ingress("a2"));
        _folder.Write("d.yaml", Manifest.Ingress("d"));
        await watched.WaitForNamesAsync("a b c d");
        await watched.WaitForDiagnosticsAsync("INGR148", "INGR107");

        _disk.Release();
        Assert.Empty((await watched.WaitForNamesAsync("a2 b c d")).SourceDiagnostics);
    }

    [Fact]
    public async Task Watch_FolderHangs_OtherPathsAreFollowed()
    {
        _folder.Write("one/a.yaml", Manifest.Ingress("a"));
        _folder.Write("two/b.yaml", Manifest.Ingress("b"));
        var watching = CatalogOptions.Watching with { Disk = _disk };
        var options = new ManifestWatchOptions
        {
            UsesEvents = false,
            Poll = TimeSpan.FromMilliseconds(20),
            QuietTime = TimeSpan.FromMilliseconds(1),
            Catalog = watching with { First = watching.First with { Reading = TimeSpan.FromMilliseconds(200) } },
        };
        await using var watched = new WatchedManifests(options, _folder["one"], _folder["two"]);
        await watched.WaitForNamesAsync("a b");

        _disk.Hanging = "one";
        await watched.WaitForDiagnosticsAsync("INGR148", "INGR107");
        _folder.Write("two/b.yaml", Manifest.Ingress("b2"));
        await watched.WaitForNamesAsync("a b2");

        _folder.Write("one/a.yaml", Manifest.Ingress("a2"));
        _disk.Release();
        Assert.Empty((await watched.WaitForNamesAsync("a2 b2")).SourceDiagnostics);
    }

    private ManifestCatalog Fill()
    {
        _folder.Write("a.yaml", Manifest.Ingress("a"));
        _folder.Write("sub/b.yaml", Manifest.Ingress("b"));
        _folder.Write("sub/c.yaml", Manifest.Ingress("c"));
        var catalog = new ManifestCatalog([_folder.Path], TimeProvider.System, CatalogOptions.Once with { Disk = _disk });
        _snapshot = ClusterSnapshot.Empty;
        Assert.Equal("a b c", NamesAfter(catalog.Refresh));
        return catalog;
    }

    private string NamesAfter(Func<bool, ClusterChange> look) => NamesAfter(() => look(true));

    private string NamesAfter(Func<ClusterChange?> look)
    {
        try
        {
            _snapshot = _snapshot.Apply(look() ?? ClusterChange.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException or NotSupportedException)
        {
            // The source fails then, and what it yielded stays.
        }

        return Manifest.Names(_snapshot);
    }

    private static async Task<string> FirstNamesAsync(ManifestIngressSource source)
    {
        await foreach (var change in source.WatchChangesAsync(CancellationToken.None))
        {
            return Manifest.Names(ClusterSnapshot.Empty.Apply(change));
        }

        return "";
    }

    private static Exception Exception(string kind) => kind switch
    {
        nameof(IOException) => new IOException("disk on fire"),
        nameof(UnauthorizedAccessException) => new UnauthorizedAccessException("not yours"),
        nameof(InvalidOperationException) => new InvalidOperationException("a defect"),
        _ => new NotSupportedException("another kind"),
    };
}

using System.Text;
using Ingress.Routing.Manifests.Files;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Files that are taken over without waiting until nothing moves any more.</summary>
public sealed class FinishedFileTests : IDisposable
{
    private static readonly TimeSpan s_never = TimeSpan.FromHours(1);

    // Only what need not wait for quiet is ever taken over.
    private static readonly ManifestWatchOptions s_hasty = new() { SafetyPoll = s_never, QuietTime = s_never, LongestWait = s_never };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Watch_OneFinishedFile_DoesNotWaitForQuiet()
    {
        _folder.Write("a.yaml", Manifest.Ingress("a"));
        await using var watched = new WatchedManifests(s_hasty, _folder.Path);
        await watched.WaitForNamesAsync("a");

        _folder.Write("a.yaml", Manifest.Ingress("a2"));
        await watched.WaitForNamesAsync("a2");

        _folder.Write("b.yaml", Manifest.Ingress("b"));
        await watched.WaitForNamesAsync("a2 b");

        File.Move(_folder.Write(".b.yaml.tmp", Manifest.Ingress("b2")), _folder["b.yaml"], overwrite: true);
        await watched.WaitForNamesAsync("a2 b2");
    }

    [Fact]
    public async Task Watch_FileIsClosed_CountsWithoutAnyFurtherChange()
    {
        _folder.Write("a.yaml", Manifest.Ingress("a"));
        await using var watched = new WatchedManifests(s_hasty, _folder.Path);
        await watched.WaitForNamesAsync("a");

        using (var file = new FileStream(_folder["b.yaml"], FileMode.Create, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Write(Encoding.UTF8.GetBytes(Manifest.Ingress("b") + "\n---\n" + Manifest.Ingress("c")));
            file.Flush();
            _folder.Write("a.yaml", Manifest.Ingress("a2")); // written together with what is unfinished, it waits as well
        }

        await watched.WaitForNamesAsync("a2 b c");
    }

    [Fact]
    public void TryTakeFinished_Finished_IsTaken()
    {
        var (catalog, snapshot) = Open();

        _folder.Write("a.yaml", Manifest.Ingress("a2") + "\n---\n" + Manifest.Ingress("a3"));
        _folder.Write("c.yaml", Manifest.Ingress("c"));
        var change = catalog.TryTakeFinished([_folder["a.yaml"], _folder["c.yaml"], _folder["c.yaml~"], _folder[".c.yaml.swp"]], out var isOpen);

        Assert.False(isOpen);
        Assert.Equal("a2 a3 b c", Manifest.Names(snapshot.Apply(change!)));
        Assert.True(catalog.Refresh().IsEmpty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a: [")]
    [InlineData("# nothing any more")]
    [InlineData("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: [b]\n")]
    [InlineData(null)]
    public void TryTakeFinished_SomethingLooksUnfinished_NothingIsTaken(string? text)
    {
        var (catalog, snapshot) = Open();

        _folder.Write("a.yaml", Manifest.Ingress("a2"));
        if (text is null)
        {
            File.Delete(_folder["b.yaml"]);
        }
        else
        {
            _folder.Write("b.yaml", text);
        }

        string[] changed = [_folder["a.yaml"], _folder["b.yaml"]];
        Assert.Null(catalog.TryTakeFinished(changed, out var isOpen));
        Assert.False(isOpen);

        var names = Manifest.Names(snapshot.Apply(catalog.TryRefresh(changed)!));
        Assert.StartsWith("a2", names, StringComparison.Ordinal); // nothing was forgotten
    }

    [Fact]
    public void TryTakeFinished_FewerObjects_IsNotTaken()
    {
        _folder.Write("a.yaml", Manifest.Ingress("a") + "\n---\n" + Manifest.Ingress("a2"));
        var (catalog, _) = Open("a a2 b");

        _folder.Write("a.yaml", Manifest.Ingress("a"));

        Assert.Null(catalog.TryTakeFinished([_folder["a.yaml"]], out _));
    }

    [Fact]
    public void TryTakeFinished_OpenForWriting_IsNotTakenUntilItIsClosed()
    {
        var (catalog, snapshot) = Open();
        using (var file = new FileStream(_folder["a.yaml"], FileMode.Create, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Write(Encoding.UTF8.GetBytes(Manifest.Ingress("a2")));
            file.Flush();
            Assert.Null(catalog.TryTakeFinished([_folder["a.yaml"]], out var isOpen));
            Assert.True(isOpen);
        }

        var change = catalog.TryTakeFinished([_folder["a.yaml"]], out _);
        Assert.Equal("a2 b", Manifest.Names(snapshot.Apply(change!)));
    }

    [Fact]
    public void TryTakeFinished_FolderOrLink_IsNotTaken()
    {
        var (catalog, _) = Open();
        _folder.Write("sub/c.yaml", Manifest.Ingress("c"));
        File.CreateSymbolicLink(_folder["d.yaml"], "b.yaml");

        Assert.Null(catalog.TryTakeFinished([_folder["sub"]], out _));
        Assert.Null(catalog.TryTakeFinished([_folder["sub/c.yaml"]], out _));
        Assert.Null(catalog.TryTakeFinished([_folder["d.yaml"]], out _));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(9, 90)]
    [InlineData(10, 100)]
    [InlineData(10_000, 100)]
    [InlineData(null, 100)]
    public void QuietTimeOf_MoreFiles_IsLonger(int? files, int milliseconds)
        => Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), ManifestWatchOptions.Default.QuietTimeOf(files));

    private (ManifestCatalog Catalog, ClusterSnapshot Snapshot) Open(string names = "a b")
    {
        if (!File.Exists(_folder["a.yaml"]))
        {
            _folder.Write("a.yaml", Manifest.Ingress("a"));
        }

        _folder.Write("b.yaml", Manifest.Ingress("b"));
        var catalog = new ManifestCatalog([_folder.Path], TimeProvider.System, CatalogOptions.Watching);
        var snapshot = ClusterSnapshot.Empty.Apply(catalog.Refresh());
        Assert.Equal(names, Manifest.Names(snapshot));
        return (catalog, snapshot);
    }
}

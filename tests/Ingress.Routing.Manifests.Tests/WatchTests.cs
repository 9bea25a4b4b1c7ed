using System.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Following the changes of real files.</summary>
public sealed class WatchTests : IDisposable
{
    private const string Broken = "a: [";

    // Events alone must do: in these tests the safety poll never comes.
    private static readonly ManifestWatchOptions s_eventsOnly = new() { SafetyPoll = TimeSpan.FromHours(1) };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WatchAsync_CreateChangeDelete_IsFollowed()
    {
        _folder.Write("a.yaml", Manifest.Ingress("a"));
        await using var watched = new WatchedManifests(s_eventsOnly, _folder.Path);
        await watched.WaitForNamesAsync("a");

        _folder.Write("b.yaml", Manifest.Ingress("b"));
        await watched.WaitForNamesAsync("a b");

        _folder.Write("b.yaml", Manifest.Ingress("c"));
        await watched.WaitForNamesAsync("a c");

        _folder.Write("sub/deep/d.yaml", Manifest.Ingress("d"));
        await watched.WaitForNamesAsync("a c d");

        File.Move(_folder["sub/deep/d.yaml"], _folder["d.yml"]);
        File.Delete(_folder["a.yaml"]);
        await watched.WaitForNamesAsync("c d");

        Directory.Move(_folder["sub"], _folder["sub2"]);
        _folder.Write("sub2/e.json", "{\"apiVersion\": \"networking.k8s.io/v1\", \"kind\": \"Ingress\", \"metadata\": {\"name\": \"e\"}}");
        await watched.WaitForNamesAsync("c d e");
    }

    [Fact]
    public async Task WatchAsync_Change_IsInForceWithinASecond()
    {
        _folder.Write("a.yaml", Manifest.Ingress("a"));
        await using var watched = new WatchedManifests(s_eventsOnly, _folder.Path);
        await watched.WaitForNamesAsync("a");

        // The best of several: a busy machine may hold up one or another.
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var start = Stopwatch.GetTimestamp();
            _folder.Write("a.yaml", Manifest.Ingress($"a{i}"));
            await watched.WaitForNamesAsync($"a{i}");
            var elapsed = Stopwatch.GetElapsedTime(start);
            best = elapsed < best ? elapsed : best;
        }

        Assert.InRange(best, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task WatchAsync_UnchangedFiles_KeepTheirObjects()
    {
        _folder.Write("a.yaml", Manifest.Ingress("a"));
        _folder.Write("b.yaml", Manifest.Ingress("b"));
        await using var watched = new WatchedManifests(s_eventsOnly, _folder.Path);
        var before = await watched.WaitForNamesAsync("a b");

        _folder.Write("a.yaml", Manifest.Ingress("a")); // the same content again
        _folder.Write("c.yaml", Manifest.Ingress("c"));
        var after = await watched.WaitForNamesAsync("a b c");

        foreach (var name in new[] { "a", "b" })
        {
            Assert.Same(Named(before, name), Named(after, name));
        }
    }

    [Fact]
    public async Task WatchAsync_BrokenFile_KeepsItsLastGoodVersionUntilItIsFixed()
    {
        _folder.Write("a.yaml", Manifest.Ingress("a") + "\n---\n" + Manifest.Ingress("a2", metadata: "unknown: 1"));
        _folder.Write("b.yaml", Manifest.Ingress("b"));
        await using var watched = new WatchedManifests(s_eventsOnly, _folder.Path);
        var good = await watched.WaitForNamesAsync("a a2 b");

        _folder.Write("a.yaml", Manifest.Ingress("changed") + "\n---\n" + Broken);
        var kept = await watched.WaitForDiagnosticsAsync("INGR104", "INGR100", "INGR107");
        Assert.Equal("a a2 b", Manifest.Names(kept));
        Assert.Same(Named(good, "a"), Named(kept, "a"));
        Assert.Equal(20, kept.SourceDiagnostics[1].Location!.Value.Line);
        Assert.All(kept.SourceDiagnostics, diagnostic => Assert.Equal(_folder["a.yaml"], diagnostic.Location!.Value.File));

        _folder.Write("b.yaml", Manifest.Ingress("b2"));
        Assert.Equal(3, (await watched.WaitForNamesAsync("a a2 b2")).SourceDiagnostics.Count);

        _folder.Write("a.yaml", Broken + "\n");
        Assert.Equal(3, (await watched.WaitForAsync(static snapshot => snapshot.SourceDiagnostics[1].Location!.Value.Line <= 2)).SourceDiagnostics.Count);

        _folder.Write("a.yaml", Manifest.Ingress("fixed"));
        Assert.Empty((await watched.WaitForNamesAsync("b2 fixed")).SourceDiagnostics);
    }

    [Fact]
    public async Task WatchAsync_BrokenAtFirst_ServesItsOtherDocuments()
    {
        _folder.Write("a.yaml", Manifest.Ingress("a") + "\n---\n" + Broken);
        await using var watched = new WatchedManifests(s_eventsOnly, _folder.Path);
        var first = await watched.WaitForNamesAsync("a");
        Assert.Equal("INGR100", Assert.Single(first.SourceDiagnostics).Id);

        _folder.Write("a.yaml", Manifest.Ingress("b") + "\n---\n" + Broken);
        Assert.Equal("INGR100", Assert.Single((await watched.WaitForNamesAsync("b")).SourceDiagnostics).Id);
    }

    [Fact]
    public async Task WatchAsync_RefusedObject_IsDroppedAndTheRestOfTheFileCounts()
    {
        _folder.Write("a.yaml", Manifest.Ingress("a") + "\n---\n" + Manifest.Ingress("b"));
        await using var watched = new WatchedManifests(s_eventsOnly, _folder.Path);
        await watched.WaitForNamesAsync("a b");

        _folder.Write("a.yaml", Manifest.Ingress("a", number: "'80'") + "\n---\n" + Manifest.Ingress("c"));

        Assert.Equal("INGR103", Assert.Single((await watched.WaitForNamesAsync("c")).SourceDiagnostics).Id);
    }

    [Fact]
    public async Task WatchAsync_BrokenFileDeleted_IsDropped()
    {
        _folder.Write("a.yaml", Manifest.Ingress("a"));
        await using var watched = new WatchedManifests(s_eventsOnly, _folder.Path);
        await watched.WaitForNamesAsync("a");
        _folder.Write("a.yaml", Broken);
        await watched.WaitForDiagnosticsAsync("INGR100", "INGR107");

        File.Delete(_folder["a.yaml"]);

        Assert.Empty((await watched.WaitForNamesAsync("")).SourceDiagnostics);
    }

    [Fact]
    public async Task WatchAsync_VanishedRoot_KeepsWhatItHadAndFollowsItsReturn()
    {
        _folder.Write("root/a.yaml", Manifest.Ingress("a"));
        await using var watched = new WatchedManifests(s_eventsOnly, _folder["root"]);
        await watched.WaitForNamesAsync("a");

        Directory.Move(_folder["root"], _folder["elsewhere"]);
        var kept = await watched.WaitForDiagnosticsAsync("INGR100", "INGR107");
        Assert.Equal("a", Manifest.Names(kept));
        Assert.Equal(_folder["root"], kept.SourceDiagnostics[0].Location!.Value.File);

        _folder.Write("root/b.yaml", Manifest.Ingress("b"));
        Assert.Empty((await watched.WaitForNamesAsync("b")).SourceDiagnostics);

        _folder.Write("root/c.yaml", Manifest.Ingress("c"));
        await watched.WaitForNamesAsync("b c");
    }

    [Fact]
    public async Task WatchAsync_RootAppearsLater_WithTheFoldersAboveIt()
    {
        var root = _folder["x/y/root"];
        await using var watched = new WatchedManifests(s_eventsOnly, root);
        await watched.WaitForDiagnosticsAsync("INGR100");

        _folder.Write("x/y/root/a.yaml", Manifest.Ingress("a"));
        await watched.WaitForNamesAsync("a");

        Directory.Delete(_folder["x"], recursive: true);
        await watched.WaitForDiagnosticsAsync("INGR100", "INGR107");
        _folder.Write("x/y/root/b.yaml", Manifest.Ingress("b"));
        await watched.WaitForNamesAsync("b");

        _folder.Write("x/y/root/c.yaml", Manifest.Ingress("c"));
        await watched.WaitForNamesAsync("b c");
    }

    [Fact]
    public async Task WatchAsync_MountedConfigMap_FollowsTheSwap()
    {
        _folder.Write("map/..1/a.yaml", Manifest.Ingress("a"));
        Directory.CreateSymbolicLink(_folder["map/..data"], "..1");
        File.CreateSymbolicLink(_folder["map/a.yaml"], "..data/a.yaml");
        await using var inFolder = new WatchedManifests(s_eventsOnly, _folder["map"]);
        await using var asFile = new WatchedManifests(s_eventsOnly, _folder["map/a.yaml"]);
        await inFolder.WaitForNamesAsync("a");
        await asFile.WaitForNamesAsync("a");

        _folder.Write("map/..2/a.yaml", Manifest.Ingress("b"));
        Directory.CreateSymbolicLink(_folder["map/..data_tmp"], "..2");
        Rename(_folder["map/..data_tmp"], _folder["map/..data"]);
        Directory.Delete(_folder["map/..1"], recursive: true);

        await inFolder.WaitForNamesAsync("b");
        await asFile.WaitForNamesAsync("b");
    }

    [Fact]
    public async Task WatchAsync_LinkedRoot_FollowsTheSwap()
    {
        _folder.Write("releases/1/a.yaml", Manifest.Ingress("a"));
        _folder.Write("releases/2/a.yaml", Manifest.Ingress("b"));
        Directory.CreateSymbolicLink(_folder["current"], "releases/1");
        await using var watched = new WatchedManifests(s_eventsOnly, _folder["current"]);
        await watched.WaitForNamesAsync("a");

        Directory.CreateSymbolicLink(_folder["next"], "releases/2");
        Rename(_folder["next"], _folder["current"]);
        await watched.WaitForNamesAsync("b");

        _folder.Write("releases/2/a.yaml", Manifest.Ingress("c"));
        await watched.WaitForNamesAsync("c");
    }

    [Fact]
    public async Task WatchAsync_LinksToOtherFolders_AreFollowed()
    {
        _folder.Write("outside/file.txt", Manifest.Ingress("a"));
        _folder.Write("shared/b.yaml", Manifest.Ingress("b"));
        Directory.CreateDirectory(_folder["root"]);
        File.CreateSymbolicLink(_folder["root/a.yaml"], "../outside/file.txt");
        Directory.CreateSymbolicLink(_folder["root/shared"], "../shared");
        await using var watched = new WatchedManifests(s_eventsOnly, _folder["root"]);
        await watched.WaitForNamesAsync("a b");

        _folder.Write("outside/file.txt", Manifest.Ingress("a2"));
        await watched.WaitForNamesAsync("a2 b");

        _folder.Write("shared/c.yaml", Manifest.Ingress("c"));
        await watched.WaitForNamesAsync("a2 b c");
    }

    [Fact]
    public async Task WatchAsync_FileReplacedByRename_IsFollowed()
    {
        var path = _folder.Write("a.yaml", Manifest.Ingress("a"));
        await using var watched = new WatchedManifests(s_eventsOnly, path);
        await watched.WaitForNamesAsync("a");

        foreach (var name in new[] { "b", "c" })
        {
            File.Move(_folder.Write(".a.yaml.tmp", Manifest.Ingress(name)), path, overwrite: true);
            await watched.WaitForNamesAsync(name);
        }
    }

    [Fact]
    public async Task WatchAsync_WithoutEvents_PollsAndSeesChangesOfEqualLength()
    {
        _folder.Write("a.yaml", Manifest.Ingress("a"));
        var polling = new ManifestWatchOptions { UsesEvents = false, Poll = TimeSpan.FromMilliseconds(20), QuietTime = TimeSpan.FromMilliseconds(1) };
        await using var watched = new WatchedManifests(polling, _folder.Path);
        await watched.WaitForNamesAsync("a");

        foreach (var name in new[] { "b", "c", "d" })
        {
            var writtenAt = File.GetLastWriteTimeUtc(_folder["a.yaml"]);
            _folder.Write("a.yaml", Manifest.Ingress(name));
            File.SetLastWriteTimeUtc(_folder["a.yaml"], writtenAt); // as when both fall into one step of the clock
            await watched.WaitForNamesAsync(name);
        }
    }

    private static IngressResource Named(ClusterSnapshot snapshot, string name)
        => snapshot.Ingresses.Single(ingress => ingress.Metadata.Name == name);

    // Replaces a link to a folder in one step, as 'mv -T' does.
    private static void Rename(string from, string to)
    {
        using var process = Process.Start("mv", ["-T", from, to]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}

using System.Text;
using Ingress.Routing.Manifests.Files;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Files that are being written.</summary>
public sealed class UnfinishedFileTests : IDisposable
{
    private static readonly UnfinishedFileRule s_neverByItself = new() { Emptied = TimeSpan.FromHours(1), Open = TimeSpan.FromHours(1), Report = TimeSpan.FromHours(1) };

    private readonly TemporaryFolder _folder = new();
    private int _marks;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Watch_EmptyWhileItIsWritten_StaysInForce()
    {
        await using var watched = await WatchAsync(s_neverByItself, Manifest.Ingress("a"));

        using (var file = new FileStream(_folder["a.yaml"], FileMode.Create, FileAccess.Write, FileShare.ReadWrite))
        {
            await SeenAsync(watched, "a");
            file.Write(Encoding.UTF8.GetBytes(Manifest.Ingress("a2") + "\n"));
            file.Flush();
            await SeenAsync(watched, "a");
            file.Write(Encoding.UTF8.GetBytes("---\n" + Manifest.Ingress("a3")));
        }

        await watched.WaitForNamesAsync("a2 a3");
    }

    [Fact]
    public async Task Watch_EmptiedThenHalfWritten_KeepsWhatWasGood()
    {
        await using var watched = await WatchAsync(s_neverByItself, Manifest.Ingress("a"));

        _folder.Write("a.yaml", "");
        await SeenAsync(watched, "a");
        _folder.Write("a.yaml", Manifest.Ingress("a")[..^20] + "\n  x: [");
        Assert.Equal("a", Manifest.Names(await watched.WaitForAsync(static snapshot => snapshot.SourceDiagnostics.Count > 0)));
        _folder.Write("a.yaml", "apiVersion: networking.k8s.io/v1\n");
        await SeenAsync(watched, "a");
        _folder.Write("a.yaml", Manifest.Ingress("a2"));

        Assert.Empty((await watched.WaitForNamesAsync("a2")).SourceDiagnostics);
    }

    // As a mount that goes and comes back.
    [Fact]
    public async Task Watch_FolderReplacedByAnEmptyOne_StaysInForceUntilItIsFilled()
    {
        await using var watched = await WatchAsync(s_neverByItself, Manifest.Ingress("a"));

        Directory.Move(_folder.Path, _folder.Path + ".away");
        Directory.CreateDirectory(_folder.Path);

        Assert.Equal("a", Manifest.Names(await watched.WaitForDiagnosticsAsync("INGR145")));
        _folder.Write("b.yaml", Manifest.Ingress("b"));
        Assert.Empty((await watched.WaitForNamesAsync("b")).SourceDiagnostics);
        Directory.Delete(_folder.Path + ".away", recursive: true);
    }

    [Fact]
    public async Task Watch_FolderEmptiedForGood_TakesEffectAfterItsDelayAndSaysSo()
    {
        var rule = new UnfinishedFileRule { Emptied = TimeSpan.FromMilliseconds(500) };
        await using var watched = await WatchAsync(rule, Manifest.Ingress("a"));

        Directory.Move(_folder.Path, _folder.Path + ".away");
        Directory.CreateDirectory(_folder.Path);

        Assert.Equal("a", Manifest.Names(await watched.WaitForDiagnosticsAsync("INGR145")));
        Assert.Equal("", Manifest.Names(await watched.WaitForDiagnosticsAsync("INGR146")));
        Directory.Delete(_folder.Path + ".away", recursive: true);
    }

    [Fact]
    public async Task Watch_EmptiedForGood_TakesEffectAfterItsDelayAndSaysSo()
    {
        var rule = new UnfinishedFileRule { Emptied = TimeSpan.FromMilliseconds(500), Report = TimeSpan.FromMilliseconds(1) };
        await using var watched = await WatchAsync(rule, Manifest.Ingress("a"));

        _folder.Write("a.yaml", "# nothing any more\n");

        Assert.Equal("a", Manifest.Names(await watched.WaitForDiagnosticsAsync("INGR145")));
        Assert.Equal("", Manifest.Names(await watched.WaitForDiagnosticsAsync("INGR146")));
        _folder.Write("a.yaml", Manifest.Ingress("a2"));
        Assert.Empty((await watched.WaitForNamesAsync("a2")).SourceDiagnostics);
    }

    [Fact]
    public async Task Watch_ObjectTakenOutOfAFinishedFile_IsGoneAtOnce()
    {
        await using var watched = await WatchAsync(s_neverByItself, Manifest.Ingress("a") + "\n---\n" + Manifest.Ingress("b"));

        _folder.Write("a.yaml", Manifest.Ingress("b"));

        await watched.WaitForNamesAsync("b");
    }

    [Fact]
    public async Task Watch_NewFileStillOpen_WaitsUntilItIsClosed()
    {
        await using var watched = await WatchAsync(s_neverByItself, Manifest.Ingress("a"));

        using (var file = new FileStream(_folder["b.yaml"], FileMode.Create, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Write(Encoding.UTF8.GetBytes(Manifest.Ingress("b") + "\n---\n"));
            file.Flush();
            await SeenAsync(watched, "a");
            file.Write(Encoding.UTF8.GetBytes(Manifest.Ingress("c")));
        }

        await watched.WaitForNamesAsync("a b c");
    }

    [Fact]
    public async Task Watch_OpenForEver_CountsAfterItsDelay()
    {
        await using var watched = await WatchAsync(new() { Open = TimeSpan.FromMilliseconds(300), Report = TimeSpan.FromMilliseconds(1) }, Manifest.Ingress("a"));
        using var file = new FileStream(_folder["a.yaml"], FileMode.Create, FileAccess.Write, FileShare.ReadWrite);

        file.Write(Encoding.UTF8.GetBytes(Manifest.Ingress("a2")));
        file.Flush();

        await watched.WaitForDiagnosticsAsync("INGR145");
        Assert.Empty((await watched.WaitForNamesAsync("a2")).SourceDiagnostics);
    }

    [Fact]
    public void DelayOf_NotKnownWhetherItIsOpen_WaitsWhereSomethingIsMissing()
    {
        var rule = new UnfinishedFileRule();
        var reader = new ManifestFileReader();
        var known = new CatalogEntry { Found = new("a", "/a", 0), File = reader.Read(Manifest.Ingress("a") + "\n---\n" + Manifest.Ingress("b"), "a"), Length = 100 };

        Assert.Equal(rule.Smaller, rule.DelayOf(known, default, reader.Read(Manifest.Ingress("a"), "a")));
        Assert.Equal(TimeSpan.Zero, rule.DelayOf(known with { Length = 0 }, default, known.File));
        Assert.Equal(rule.Emptied, rule.DelayOf(known, default, reader.Read("---\n", "a")));
        Assert.Equal(TimeSpan.Zero, rule.DelayOf(null, default, reader.Read("", "a")));
    }

    [Fact]
    public void Refresh_InTheMiddleOfOtherChanges_WhatVanishedMayComeBack()
    {
        var path = _folder.Write("a.yaml", Manifest.Ingress("a"));
        var catalog = new ManifestCatalog([_folder.Path], TimeProvider.System, CatalogOptions.Watching);
        var snapshot = ClusterSnapshot.Empty.Apply(catalog.Refresh());

        File.Delete(path);
        Assert.True(catalog.TryRefresh([path], isQuiet: false)!.IsEmpty);
        Assert.True(catalog.Refresh(isQuiet: false).IsEmpty);
        Assert.Equal([path], catalog.WaitingPaths);
        _folder.Write("a.yaml", Manifest.Ingress("a"));
        Assert.True(catalog.TryRefresh([path])!.IsEmpty);
        Assert.Empty(catalog.WaitingPaths);

        File.Delete(path);
        Assert.True(catalog.TryRefresh([path], isQuiet: false)!.IsEmpty);
        Assert.Equal("", Manifest.Names(snapshot.Apply(catalog.TryRefresh(catalog.WaitingPaths)!)));
        Assert.Null(catalog.NextLook);
    }

    private async Task<WatchedManifests> WatchAsync(UnfinishedFileRule rule, string text)
    {
        _folder.Write("a.yaml", text);
        var options = new ManifestWatchOptions { SafetyPoll = TimeSpan.FromHours(1), Catalog = CatalogOptions.Watching with { UnfinishedFiles = rule } };
        var watched = new WatchedManifests(options, _folder.Path);
        await watched.WaitForAsync(static snapshot => snapshot.Ingresses.Count > 0);
        return watched;
    }

    // What was changed before is seen when a change that was made after it is.
    private async Task SeenAsync(WatchedManifests watched, string names)
    {
        var mark = $"mark{_marks++}";
        _folder.Write("mark.yaml", Manifest.Ingress(mark));
        await watched.WaitForNamesAsync($"{names} {mark}");
        File.Delete(_folder["mark.yaml"]);
        await watched.WaitForNamesAsync(names);
    }
}

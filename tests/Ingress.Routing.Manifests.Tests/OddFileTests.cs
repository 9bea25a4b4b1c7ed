using System.Diagnostics;
using System.Net.Sockets;
using Ingress.Routing.Manifests.Files;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>What only looks like a file.</summary>
public sealed class OddFileTests : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Load_PipeSocketDeviceInAFolder_AreReportedAndLeftOut()
    {
        _folder.Write("a.yaml", Manifest.Ingress("a"));
        MakePipe("pipe.yaml");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["socket.yaml"]));
        File.CreateSymbolicLink(_folder["zero.json"], "/dev/zero");
        File.CreateSymbolicLink(_folder["linked.yml"], "pipe.yaml");

        var result = await Task.Run(() => IngressManifests.Load([_folder.Path])).WaitAsync(s_deadline);

        Assert.Equal(("a", 1), (Manifest.Names(result.Snapshot), result.FilesRead));
        Assert.Equal(
            ["INGR147 linked.yml", "INGR147 pipe.yaml", "INGR147 socket.yaml", "INGR147 zero.json"],
            result.Diagnostics.Select(static diagnostic => $"{diagnostic.Id} {Path.GetFileName(diagnostic.Location!.Value.File)}"));
    }

    [Fact]
    public async Task Watch_FileBecomesAPipe_KeepsItsObjectsAndFollowsTheOthers()
    {
        _folder.Write("a.yaml", Manifest.Ingress("a"));
        await using var watched = new WatchedManifests(_folder.Path);
        await watched.WaitForNamesAsync("a");

        File.Delete(_folder["a.yaml"]);
        MakePipe("a.yaml");
        _folder.Write("b.yaml", Manifest.Ingress("b"));

        Assert.Equal(["INGR147", "INGR107"], (await watched.WaitForNamesAsync("a b")).SourceDiagnostics.Select(static diagnostic => diagnostic.Id));
        File.Delete(_folder["a.yaml"]);
        _folder.Write("a.yaml", Manifest.Ingress("a2"));
        Assert.Empty((await watched.WaitForNamesAsync("a2 b")).SourceDiagnostics);
    }

    [Fact]
    public async Task Load_PipeThatIsNamed_IsReadToItsEnd()
    {
        var pipe = MakePipe("pipe");
        var writing = Task.Run(() => File.WriteAllText(pipe, Manifest.Ingress("a")));

        var result = await Task.Run(() => IngressManifests.Load([pipe])).WaitAsync(s_deadline);

        await writing.WaitAsync(s_deadline);
        Assert.Equal("a", Manifest.Names(result.Snapshot));
        Assert.Empty(result.Diagnostics);
    }

    [Fact]
    public async Task Watch_PipeThatIsNamed_IsReadOnceAndKept()
    {
        var pipe = MakePipe("pipe");
        _folder.Write("b.yaml", Manifest.Ingress("b"));
        var options = new ManifestWatchOptions { SafetyPoll = TimeSpan.FromMilliseconds(10), QuietTime = TimeSpan.FromMilliseconds(1) };
        await using var watched = new WatchedManifests(options, pipe, _folder["b.yaml"]);
        await Task.Run(() => File.WriteAllText(pipe, Manifest.Ingress("a"))).WaitAsync(s_deadline);
        await watched.WaitForNamesAsync("a b");

        // Many looks later, and when the pipe is gone, too.
        for (var i = 0; i < 5; i++)
        {
            _folder.Write("b.yaml", Manifest.Ingress($"b{i}"));
            Assert.Empty((await watched.WaitForNamesAsync($"a b{i}")).SourceDiagnostics);
        }

        File.Delete(pipe);
        _folder.Write("b.yaml", Manifest.Ingress("b"));
        Assert.Empty((await watched.WaitForNamesAsync("a b")).SourceDiagnostics);
    }

    [Fact]
    public async Task Watch_NamedPipeWithoutAWriter_DelaysOnlyItselfAndStopsAtOnce()
    {
        var pipe = MakePipe("pipe");
        _folder.Write("b.yaml", Manifest.Ingress("b"));
        var watching = CatalogOptions.Watching;
        var options = new ManifestWatchOptions { Catalog = watching with { First = watching.First with { Streaming = TimeSpan.FromMilliseconds(200) } } };
        await using (var watched = new WatchedManifests(options, pipe, _folder["b.yaml"]))
        {
            Assert.Equal("INGR148", Assert.Single((await watched.WaitForNamesAsync("b")).SourceDiagnostics).Id);
            _folder.Write("b.yaml", Manifest.Ingress("b2"));
            await watched.WaitForNamesAsync("b2");
        }

        // Lets the thread end that waits.
        await Task.Run(() => File.WriteAllText(pipe, "")).WaitAsync(s_deadline);
    }

    [Fact]
    public void KindOf_Whatever_IsTold()
    {
        var file = _folder.Write("a.yaml", "");

        Assert.Equal(PathKind.File, PathKinds.Of(file));
        Assert.Equal(PathKind.Folder, PathKinds.Of(_folder.Path));
        Assert.Equal(PathKind.Missing, PathKinds.Of(_folder["missing"]));
        Assert.Equal(PathKind.Missing, PathKinds.Of(Path.Combine(file, "below")));
        Assert.Equal(PathKind.Pipe, PathKinds.Of(MakePipe("pipe")));
        Assert.Equal(PathKind.Device, PathKinds.Of("/dev/null"));
        File.CreateSymbolicLink(_folder["circle"], "circle");
        Assert.Equal(PathKind.Unknown, PathKinds.Of(_folder["circle"]));
    }

    private string MakePipe(string name)
    {
        using var process = Process.Start("mkfifo", [_folder[name]]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return _folder[name];
    }
}

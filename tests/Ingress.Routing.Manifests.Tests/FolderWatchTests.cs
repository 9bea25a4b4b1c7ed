using Ingress.Routing.Manifests.Files;

namespace Ingress.Routing.Manifests.Tests;

public sealed class FolderWatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Renew_PathIsMissing_IsNothingNewTheSecondTime()
    {
        using var watch = new FolderWatch([_folder.Path, _folder["missing"]], static () => { });
        Assert.True(watch.Renew([]));

        Assert.False(watch.Renew([]));
        Assert.False(watch.IsComplete);

        Directory.CreateDirectory(_folder["missing"]);
        Assert.True(watch.Renew([]));
        Assert.True(watch.IsComplete);
    }

    [Fact]
    public void Take_FileBelowAFolder_IsNamed()
    {
        using var announced = new SemaphoreSlim(0);
        using var watch = new FolderWatch([_folder.Path], () => announced.Release());
        watch.Renew([]);
        Assert.Equal((false, 0), (watch.Take() is { Exists: var exists, Paths: var paths } && exists, paths!.Count));

        var path = _folder.Write("a.yaml", "");
        Assert.True(announced.Wait(TimeSpan.FromSeconds(30)));

        var announcement = watch.Take();
        Assert.True(announcement.Exists);
        Assert.Equal([path], announcement.Paths!);
    }

    [Fact]
    public void Take_FolderItselfIsReplaced_MayBeAnything()
    {
        Directory.CreateDirectory(_folder["root"]);
        using var announced = new SemaphoreSlim(0);
        using var watch = new FolderWatch([_folder["root"]], () => announced.Release());
        watch.Renew([]);

        Directory.Move(_folder["root"], _folder["elsewhere"]);
        Assert.True(announced.Wait(TimeSpan.FromSeconds(30)));

        Assert.Null(watch.Take().Paths);
        Directory.CreateDirectory(_folder["root"]);
        Assert.True(watch.Renew([]));
    }

    [Fact]
    public void PollInterval_LookingTakesLong_LeavesMostOfTheTimeForOtherThings()
    {
        var options = ManifestWatchOptions.Default;

        Assert.Equal(TimeSpan.FromSeconds(5), options.PollInterval(isAnnounced: true, TimeSpan.FromMilliseconds(1)));
        Assert.Equal(TimeSpan.FromSeconds(30), options.PollInterval(isAnnounced: true, TimeSpan.FromSeconds(0.5)));
        Assert.Equal(TimeSpan.FromSeconds(0.5), options.PollInterval(isAnnounced: false, TimeSpan.FromMilliseconds(1)));
        Assert.Equal(TimeSpan.FromSeconds(6), options.PollInterval(isAnnounced: false, TimeSpan.FromSeconds(0.5)));
    }
}

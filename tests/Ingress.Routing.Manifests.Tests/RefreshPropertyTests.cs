using FsCheck.Xunit;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Manifests.Files;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Following changes leads to the same as reading everything.</summary>
public sealed class RefreshPropertyTests
{
    [Property(MaxTest = 60)]
    public void TryRefresh_AnyEdits_AgreesWithLookingAtEverything(int seed)
    {
        using var folder = new TemporaryFolder();
        var edits = new RandomEdits(new Random(seed), folder["root"]);
        string[] roots = [folder["root"], folder["root/sub"], folder["root/a.yaml"]];
        edits.Apply(5);
        var followed = new FollowedCatalog(roots);
        followed.Refresh();
        var looking = new FollowedCatalog(roots);
        looking.Refresh();

        for (var i = 0; i < 25; i++)
        {
            var announced = edits.Apply(3);
            if (!followed.TryRefresh(announced))
            {
                followed.Refresh();
            }

            looking.Refresh();

            Assert.Equal(ObjectsOf(looking.Snapshot), ObjectsOf(followed.Snapshot));
            Assert.Equal(looking.Snapshot.SourceDiagnostics, followed.Snapshot.SourceDiagnostics);
            if (followed.Snapshot.SourceDiagnostics.All(static diagnostic => diagnostic.Id != IngressDiagnosticIds.LastGoodKept))
            {
                var read = IngressManifests.Load(roots);
                var reference = Read(roots);
                Assert.Equal(ObjectsOf(reference), ObjectsOf(read.Snapshot));
                Assert.Equal(reference.SourceDiagnostics, read.Diagnostics);
                Assert.Equal(ObjectsOf(reference), ObjectsOf(followed.Snapshot));
                Assert.Equal(reference.SourceDiagnostics, followed.Snapshot.SourceDiagnostics);
            }
        }
    }

    [Fact]
    public async Task WatchAsync_ManyEdits_EndsWhereReadingEverythingDoes()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["root"]);
        var edits = new RandomEdits(new Random(20260131), folder["root"]) { MakesMistakes = false };
        var options = new ManifestWatchOptions { SafetyPoll = TimeSpan.FromHours(1), QuietTime = TimeSpan.FromMilliseconds(5) };
        await using var watched = new WatchedManifests(options, folder["root"]);

        for (var i = 0; i < 30; i++)
        {
            edits.Apply(10);
            await Task.Yield();
        }

        // Something that shows when the last event has arrived.
        folder.Write("root/last.yaml", Manifest.Ingress("last"));
        var expected = IngressManifests.Load([folder["root"]]).Snapshot;
        await watched.WaitForAsync(snapshot => ObjectsOf(snapshot).SequenceEqual(ObjectsOf(expected)));
    }

    // One file after the other, from scratch.
    private static ClusterSnapshot Read(string[] roots)
    {
        var scan = ManifestScan.Of(roots);
        var reference = new ReferenceSnapshot();
        foreach (var failure in scan.Failures)
        {
            reference.Report(failure.Problem);
        }

        foreach (var (file, _) in scan.Files)
        {
            var content = FileContent.Read(file.Path);
            reference.Add(content.Problem is { } problem
                ? ManifestFile.Unreadable(problem)
                : new ManifestFileReader().Read(content.Text!, file.Path));
        }

        return reference.Build();
    }

    private static IEnumerable<string> ObjectsOf(ClusterSnapshot snapshot)
        => snapshot.Ingresses
            .Select(static ingress => $"{ingress.Reference} {ingress.Origin!.Locate("")} {ingress.Rules[0].Host}")
            .Order(StringComparer.Ordinal);
}

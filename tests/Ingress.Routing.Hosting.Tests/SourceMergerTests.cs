using FsCheck.Xunit;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Hosting.Tests;

/// <summary>Of an object in several sources, the first counts, and each change costs what it weighs.</summary>
public sealed class SourceMergerTests
{
    [Fact]
    public void Merge_DifferentObjects_KeepsAllOfEveryKind()
    {
        var secret = new SecretResource { Metadata = Some.Metadata("shop/tls") };
        var ingressClass = new IngressClassResource { Metadata = new() { Name = "ours" } };
        var merged = Merged(
            ReloadHarness.SnapshotWith("a.test") with { Services = [Some.Service("shop/web")], Secrets = [secret] },
            ReloadHarness.SnapshotWith("b.test") with { EndpointSlices = [Some.Slice("shop/web", 80, "10.0.0.1")], IngressClasses = [ingressClass] });

        Assert.Equal(["a.test", "b.test"], merged.Ingresses.Select(ingress => ingress.Name.Name));
        Assert.Single(merged.Services);
        Assert.Single(merged.EndpointSlices);
        Assert.Same(secret, Assert.Single(merged.Secrets));
        Assert.Same(ingressClass, Assert.Single(merged.IngressClasses));
        Assert.Empty(merged.SourceDiagnostics);
    }

    [Fact]
    public void Merge_SameObjectInTwoSources_KeepsTheFirstAndWarns()
    {
        var first = Some.Service("shop/web", port: 80);
        var second = Some.Service("shop/web", port: 81);

        var merged = Merged(new() { Services = [first] }, new() { Services = [second] });

        Assert.Same(first, Assert.Single(merged.Services));
        var diagnostic = Assert.Single(merged.SourceDiagnostics);
        Assert.Equal(IngressDiagnosticIds.DuplicateObject, diagnostic.Id);
        Assert.Equal(IngressDiagnosticSeverity.Warning, diagnostic.Severity);
        Assert.Equal("Service/shop/web", diagnostic.Resource.ToString());
    }

    // D4: a missing namespace means 'default', also for what is removed.
    [Fact]
    public void Merge_RemovedWithoutNamespace_IsTakenOut()
    {
        var merger = new SourceMerger(2);
        merger.Merge(0, new() { Upserted = [Some.Service("web")] });

        var change = merger.Merge(0, new() { Removed = [new("Service", null, "web")] });

        Assert.Equal(Some.Service("web").Reference, Assert.Single(change.Removed));
        Assert.Empty(merger.HeldBy(0).Services);
    }

    [Fact]
    public void Merge_SameInstanceInTwoSources_SaysNothing()
    {
        var service = Some.Service("shop/web");

        var merged = Merged(new() { Services = [service] }, new() { Services = [service] });

        Assert.Single(merged.Services);
        Assert.Empty(merged.SourceDiagnostics);
    }

    [Fact]
    public void Merge_SameObjectTwiceInOneSource_IsLeftToTheCompiler()
    {
        ServiceResource[] twice = [Some.Service("shop/web", port: 80), Some.Service("shop/web", port: 81)];

        var merged = Merged(new() { Services = twice }, ClusterSnapshot.Empty);

        Assert.Equal(twice, merged.Services);
    }

    [Fact]
    public void Merge_SourceDiagnostics_KeepsAll()
    {
        var diagnostic = new IngressDiagnostic { Id = IngressDiagnosticIds.UnreadableManifest, Severity = IngressDiagnosticSeverity.Error, Message = "No." };

        var merged = Merged(ClusterSnapshot.Empty, new() { SourceDiagnostics = [diagnostic] });

        Assert.Same(diagnostic, Assert.Single(merged.SourceDiagnostics));
    }

    [Fact]
    public void Merge_FirstSourceDropsAnObject_TheNextOneGivesIt()
    {
        var (first, second) = (Some.Service("shop/web", port: 80), Some.Service("shop/web", port: 81));
        var merger = new SourceMerger(2);
        merger.Merge(0, new() { Upserted = [first] });
        Assert.Single(merger.Merge(1, new() { Upserted = [second] }).SourceDiagnostics!);

        var dropped = merger.Merge(0, new() { Removed = [first.Reference] });
        Assert.Same(second, Assert.Single(dropped.Upserted));
        Assert.Empty(dropped.Removed);
        Assert.Empty(dropped.SourceDiagnostics!);

        Assert.Equal([second.Reference], merger.Merge(1, new() { Removed = [second.Reference] }).Removed);
    }

    [Fact]
    public void Merge_ChangeThatNobodySees_ChangesNothing()
    {
        var merger = new SourceMerger(2);
        merger.Merge(0, new() { Upserted = [Some.Service("shop/web", port: 80)] });
        merger.Merge(1, new() { Upserted = [Some.Service("shop/web", port: 81)] });

        Assert.True(merger.Merge(1, new() { Upserted = [Some.Service("shop/web", port: 82)] }).IsEmpty);
        Assert.True(merger.Merge(0, new() { Removed = [new("Service", "shop", "unknown")] }).IsEmpty);
    }

    [Property(MaxTest = 300)]
    public void Merge_AnyChanges_AgreesWithMergingFromScratch(int seed)
    {
        var random = new Random(seed);
        var pool = new ObjectPool(random);
        var sources = new ClusterSnapshot[random.Next(1, 5)];
        Array.Fill(sources, ClusterSnapshot.Empty);
        var merger = new SourceMerger(sources.Length);
        var merged = ClusterSnapshot.Empty;

        for (var i = 0; i < 30; i++)
        {
            var source = random.Next(sources.Length);
            var change = pool.Change();
            sources[source] = sources[source].Apply(change);
            merged = merged.Apply(merger.Merge(source, change));

            var expected = ReferenceMerger.Merge(sources);
            Assert.Equal(ObjectsOf(expected), ObjectsOf(merged), ReferenceEqualityComparer.Instance);
            Assert.Equal(TextsOf(expected), TextsOf(merged));
            Assert.Equal(ObjectsOf(sources[source]), ObjectsOf(merger.HeldBy(source)), ReferenceEqualityComparer.Instance);
        }
    }

    private static ClusterSnapshot Merged(params ClusterSnapshot[] snapshots)
    {
        var merger = new SourceMerger(snapshots.Length);
        return snapshots.Index().Aggregate(
            ClusterSnapshot.Empty,
            (merged, item) => merged.Apply(merger.Merge(item.Index, ClusterChange.Between(ClusterSnapshot.Empty, item.Item))));
    }

    // In an order of the identities; several objects of one identity stay as they are.
    private static IEnumerable<KubernetesResource> ObjectsOf(ClusterSnapshot snapshot)
        => new KubernetesResource[][]
            {
                [.. snapshot.Ingresses], [.. snapshot.IngressClasses], [.. snapshot.Services], [.. snapshot.EndpointSlices], [.. snapshot.Secrets],
            }
            .SelectMany(static resources => resources)
            .OrderBy(static resource => resource.Reference.ToString(), StringComparer.Ordinal);

    private static IEnumerable<string> TextsOf(ClusterSnapshot snapshot)
        => snapshot.SourceDiagnostics.Select(static diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal);
}

using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Hosting.Tests;

public sealed class SnapshotMergerTests
{
    [Fact]
    public void Merge_OneSnapshot_IsThatSnapshot()
    {
        var snapshot = ReloadHarness.SnapshotWith("a.test");

        Assert.Same(snapshot, SnapshotMerger.Merge([snapshot]));
    }

    [Fact]
    public void Merge_DifferentObjects_KeepsAllOfEveryKind()
    {
        var secret = new TlsSecret { Metadata = Some.Metadata("shop/tls") };
        var ingressClass = new IngressClassResource { Metadata = new() { Name = "ours" } };
        var merged = SnapshotMerger.Merge(
        [
            ReloadHarness.SnapshotWith("a.test") with { Services = [Some.Service("shop/web")], TlsSecrets = [secret] },
            ReloadHarness.SnapshotWith("b.test") with { EndpointSlices = [Some.Slice("shop/web", 80, "10.0.0.1")], IngressClasses = [ingressClass] },
        ]);

        Assert.Equal(["a.test", "b.test"], merged.Ingresses.Select(ingress => ingress.Name.Name));
        Assert.Single(merged.Services);
        Assert.Single(merged.EndpointSlices);
        Assert.Same(secret, Assert.Single(merged.TlsSecrets));
        Assert.Same(ingressClass, Assert.Single(merged.IngressClasses));
        Assert.Empty(merged.SourceDiagnostics);
    }

    [Fact]
    public void Merge_SameObjectInTwoSources_KeepsTheFirstAndWarns()
    {
        var first = Some.Service("shop/web", port: 80);
        var second = Some.Service("shop/web", port: 81);

        var merged = SnapshotMerger.Merge([new() { Services = [first] }, new() { Services = [second] }]);

        Assert.Same(first, Assert.Single(merged.Services));
        var diagnostic = Assert.Single(merged.SourceDiagnostics);
        Assert.Equal(IngressDiagnosticIds.DuplicateObject, diagnostic.Id);
        Assert.Equal(IngressDiagnosticSeverity.Warning, diagnostic.Severity);
        Assert.Equal("Service/shop/web", diagnostic.Resource.ToString());
    }

    [Fact]
    public void Merge_SameInstanceInTwoSources_SaysNothing()
    {
        var service = Some.Service("shop/web");

        var merged = SnapshotMerger.Merge([new() { Services = [service] }, new() { Services = [service] }]);

        Assert.Single(merged.Services);
        Assert.Empty(merged.SourceDiagnostics);
    }

    [Fact]
    public void Merge_SameObjectTwiceInOneSource_IsLeftToTheCompiler()
    {
        ServiceResource[] twice = [Some.Service("shop/web", port: 80), Some.Service("shop/web", port: 81)];

        var merged = SnapshotMerger.Merge([new() { Services = twice }, ClusterSnapshot.Empty]);

        Assert.Equal(twice, merged.Services);
    }

    [Fact]
    public void Merge_SourceDiagnostics_KeepsAll()
    {
        var diagnostic = new IngressDiagnostic { Id = IngressDiagnosticIds.UnreadableManifest, Severity = IngressDiagnosticSeverity.Error, Message = "No." };

        var merged = SnapshotMerger.Merge([ClusterSnapshot.Empty, new() { SourceDiagnostics = [diagnostic] }]);

        Assert.Same(diagnostic, Assert.Single(merged.SourceDiagnostics));
    }
}

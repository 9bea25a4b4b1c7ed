using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Hosting.Tests;

/// <summary>A broken version of a Secret keeps the last good one, whatever the sources are like (semantics 11.9).</summary>
public sealed class LastGoodCertificateTests
{
    private static readonly SecretResource s_good = TestCertificates.Secret("shop/crt", "a.test");
    private static readonly SecretResource s_broken = s_good with { CertificatePem = "broken" };
    private static readonly IngressResource s_ingress = Some.Ingress("shop/i", [Some.Rule("a.test", Some.Prefix("/"))], tls: [Some.Tls("crt", "a.test")]);

    [Fact]
    public async Task Publish_SourceOfChanges_KeepsTheLastGoodCertificate()
    {
        var source = new ScriptedChangeSource();
        await using var harness = new ReloadHarness(source);
        harness.Start();
        source.Upsert(s_ingress, s_good);
        await harness.TablesPublished(1);
        var certificate = Certificate(harness);

        source.Upsert(s_broken);
        await harness.AdvanceUntil(() => IsKept(harness), "the broken Secret");

        Assert.NotNull(certificate);
        Assert.Same(certificate, Certificate(harness));
        Assert.Contains(harness.Logger.Entries, entry => entry.Message.Contains(IngressDiagnosticIds.LastGoodCertificateKept, StringComparison.Ordinal));
        source.Yield(new() { Removed = [s_good.Reference] });
        await harness.AdvanceUntil(() => Certificate(harness) is null, "the removal");
        source.Upsert(s_broken);
        await harness.AdvanceUntil(() => Has(harness, IngressDiagnosticIds.SecretUnusable), "the broken Secret that followed nothing");
    }

    [Fact]
    public async Task Publish_SourceOfSnapshots_KeepsTheLastGoodCertificate()
    {
        var (source, other) = (new ScriptedSource(), new ScriptedSource());
        await using var harness = new ReloadHarness(source, other);
        harness.Start();
        other.Yield(ReloadHarness.SnapshotWith("b.test"));
        source.Yield(Snapshot(s_good));
        await harness.TablesPublished(1);
        var certificate = Certificate(harness);

        source.Yield(Snapshot(s_broken));
        await harness.AdvanceUntil(() => IsKept(harness), "the broken Secret");
        other.Yield(ReloadHarness.SnapshotWith("c.test"));
        await harness.AdvanceUntil(() => harness.Serves("c.test"), "the other source");

        Assert.True(IsKept(harness));
        Assert.Same(certificate, Certificate(harness));
        source.Yield(Snapshot(s_broken with { KeyPem = "broken as well" }));
        source.Yield(Snapshot(s_good with { Type = "again" }));
        await harness.AdvanceUntil(() => !IsKept(harness), "the good Secret");
        Assert.NotNull(Certificate(harness));
    }

    [Fact]
    public async Task Publish_SourceStartsAnew_KeepsTheLastGoodCertificate()
    {
        var source = new ScriptedChangeSource();
        await using var harness = new ReloadHarness(source);
        harness.Start();
        source.Upsert(s_ingress, s_good);
        await harness.TablesPublished(1);
        var certificate = Certificate(harness);
        source.Upsert(s_broken);
        await harness.AdvanceUntil(() => IsKept(harness), "the broken Secret");

        source.Fail(new InvalidOperationException("lost"));
        source.Upsert(s_ingress, s_broken with { }, Some.Ingress("shop/new", [Some.Rule("new.test", Some.Prefix("/"))]));
        await harness.AdvanceUntil(() => harness.Serves("new.test"), "the second life of the source", TimeSpan.FromSeconds(1));

        Assert.True(IsKept(harness));
        Assert.Same(certificate, Certificate(harness));
    }

    [Fact]
    public async Task Publish_LabelsOfASecret_LeaveItsCertificateAlone()
    {
        var source = new ScriptedSource();
        await using var harness = new ReloadHarness(source);
        harness.Start();
        source.Yield(Snapshot(s_good));
        await harness.TablesPublished(1);
        var certificate = Certificate(harness);

        source.Yield(Snapshot(s_good with { Metadata = s_good.Metadata with { ResourceVersion = "2" } }) with { Services = [Some.Service("shop/web")] });
        await harness.AdvanceUntil(() => harness.Published.Count > 1, "the second snapshot");

        Assert.NotNull(certificate);
        Assert.Same(certificate, Certificate(harness));
        Assert.Equal("2", Assert.Single(harness.Router.Current.Snapshot.Secrets).Metadata.ResourceVersion);
    }

    private static ClusterSnapshot Snapshot(SecretResource secret) => new() { Ingresses = [s_ingress], Secrets = [secret] };

    private static TlsCertificate? Certificate(ReloadHarness harness) => harness.Router.Current.FindCertificate("a.test");

    private static bool IsKept(ReloadHarness harness) => Has(harness, IngressDiagnosticIds.LastGoodCertificateKept);

    private static bool Has(ReloadHarness harness, string id) => harness.Router.Current.Diagnostics.Any(item => item.Id == id);
}

using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Changes;

/// <summary>A broken new version of a Secret does not take the old certificate away (semantics 11.9).</summary>
public sealed class LastGoodTests
{
    private static readonly SecretResource s_good = Version(TestCertificates.Secret("t/crt", "a.h.test"), "1");
    private static readonly IngressResource s_ingress = Some.Ingress("t/i", defaultBackend: Some.Backend("web"), tls: [Some.Tls("crt", "a.h.test")]);

    public static TheoryData<string, SecretResource> Broken => new()
    {
        { "without certificate", s_good with { CertificatePem = null } },
        { "unparsable", s_good with { CertificatePem = "no PEM" } },
        { "keyless", s_good with { KeyPem = "" } },
        { "mixed up", s_good with { KeyPem = TestCertificates.Secret("t/crt", "b.h.test").KeyPem } },
    };

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public void KeepLastGood_BrokenVersion_TheOldCertificateGoesOnAndIsReported(string why, SecretResource broken)
    {
        var before = Table(s_good);

        var after = Follow(before, Version(broken, "2"));

        Assert.True(before.FindCertificate("a.h.test") == after.FindCertificate("a.h.test"), why);
        var kept = Assert.Single(OfTls(after));
        Assert.Equal((IngressDiagnosticIds.LastGoodCertificateKept, IngressDiagnosticSeverity.Warning), (kept.Id, kept.Severity));
        Assert.Equal((s_ingress.Reference, "spec.tls[0].secretName"), (kept.Resource!, kept.Field));
        Assert.Contains("The certificate of its version '1' goes on serving; it is valid until ", kept.Message, StringComparison.Ordinal);
        Assert.Contains(s_ingress.Reference, after.ChangesSince(before)!.Resources);
        Assert.Contains("earlier version", after.Explain("a.h.test", "/", "a.h.test").Certificate!.Claims[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KeepLastGood_BrokenTwice_TheLastGoodOneGoesOnWithoutAChain()
    {
        var before = Table(s_good);

        var after = Follow(Follow(before, Version(s_good with { KeyPem = "x" }, "2")), Version(s_good with { KeyPem = "y" }, "3"));

        Assert.Same(before.FindCertificate("a.h.test"), after.FindCertificate("a.h.test"));
        var secret = Assert.Single(after.Snapshot.Secrets);
        Assert.Equal("1", secret.LastGood?.Metadata.ResourceVersion);
        Assert.Null(secret.LastGood?.LastGood);
    }

    [Fact]
    public void KeepLastGood_GoodVersionAgain_DropsTheOldOne()
    {
        var renewed = Version(TestCertificates.RsaSecret("t/crt", "a.h.test"), "3");

        var after = Follow(Follow(Table(s_good), Version(s_good with { KeyPem = "x" }, "2")), renewed);

        Assert.Same(renewed, after.FindCertificate("a.h.test")?.Secret);
        Assert.Null(Assert.Single(after.Snapshot.Secrets).LastGood);
        Assert.Empty(OfTls(after));
    }

    [Fact]
    public void KeepLastGood_RemovedSecret_IsGone()
    {
        var without = Table(s_good).Apply(new() { Removed = [s_good.Reference] });

        var after = Follow(without, Version(s_good with { KeyPem = "x" }, "2"));

        Assert.Null(after.FindCertificate("a.h.test"));
        Assert.Equal(IngressDiagnosticIds.SecretUnusable, Assert.Single(OfTls(after)).Id);
    }

    [Fact]
    public void KeepLastGood_SameCertificateAndKey_IsTheSameInstance()
    {
        var before = Table(s_good);
        var labelled = s_good with
        {
            Metadata = s_good.Metadata with { ResourceVersion = "2", Labels = new Dictionary<string, string> { ["a"] = "b" } },
            CertificatePem = new string(s_good.CertificatePem),
            KeyPem = new string(s_good.KeyPem),
        };

        var after = Follow(before, labelled);

        Assert.Same(before.FindCertificate("a.h.test"), after.FindCertificate("a.h.test"));
        var kept = Assert.Single(after.Snapshot.Secrets);
        Assert.Equal("2", kept.Metadata.ResourceVersion);
        Assert.Null(kept.LastGood);
        Assert.Equal(s_good.Data["tls.crt"], kept.Data["tls.crt"]); // the same memory for both
    }

    [Fact]
    public void KeepLastGood_SameInstanceOrNothingOfSecrets_IsTheSameChange()
    {
        var table = Table(s_good);
        foreach (var change in new[] { new ClusterChange { Upserted = [s_good] }, new() { Upserted = [s_ingress] }, ClusterChange.None })
        {
            Assert.Same(change, table.KeepLastGood(change));
        }
    }

    [Fact]
    public void KeepLastGood_BrokenAuthorities_KeepsTheVersionThatHadThem()
    {
        var table = Table(s_good with { AuthoritiesPem = s_good.CertificatePem });
        foreach (var authorities in new[] { "no PEM", s_good.CertificatePem![..100], s_good.CertificatePem + "\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----" })
        {
            var next = Secret(table, s_good with { AuthoritiesPem = authorities });

            Assert.Equal(s_good.CertificatePem, next.LastGood?.AuthoritiesPem);
            Assert.Null(next.Read().Problem);
        }

        // To take them out is to trust nobody.
        Assert.Null(Secret(table, s_good with { AuthoritiesPem = null }).LastGood);
        Assert.Null(Secret(table, s_good with { AuthoritiesPem = "" }).LastGood);
        Assert.Null(Secret(table, s_good with { AuthoritiesPem = TestCertificates.Secret("t/ca", "ca.test").CertificatePem }).LastGood);
        Assert.Null(Secret(Table(s_good), s_good with { Type = "Opaque" }).LastGood);
    }

    [Fact]
    public void Compile_LastGood_IsPartOfTheObjects()
    {
        var snapshot = new ClusterSnapshot { Ingresses = [s_ingress], Secrets = [s_good with { KeyPem = "x", LastGood = s_good }] };

        Assert.Same(s_good, IngressRouteTable.Compile(snapshot).FindCertificate("a.h.test")?.Secret);
        Assert.Equal("Secret/t/crt", snapshot.Secrets[0].ToString());
        Assert.Equal(s_good, s_good with { LastGood = s_good }); // not stored
    }

    [Fact]
    public void Compile_DefaultCertificateOfAnEarlierVersion_IsReportedAboutTheSecret()
    {
        var table = IngressRouteTable.Compile(
            new() { Secrets = [s_good with { CertificatePem = "x", LastGood = s_good }] }, new() { DefaultCertificate = new("t", "crt") });

        Assert.Same(s_good, table.FindCertificate("")?.Secret);
        Assert.Equal((IngressDiagnosticIds.LastGoodCertificateKept, s_good.Reference), Assert.Single(table.Diagnostics.Select(item => (item.Id, item.Resource!))));
    }

    private static IEnumerable<IngressDiagnostic> OfTls(IngressRouteTable table)
        => table.Diagnostics.Where(item => item.Id.StartsWith("INGR07", StringComparison.Ordinal));

    private static SecretResource Version(SecretResource secret, string version) => secret with { Metadata = secret.Metadata with { ResourceVersion = version } };

    private static IngressRouteTable Table(SecretResource secret) => IngressRouteTable.Compile(new() { Ingresses = [s_ingress], Secrets = [secret] });

    private static IngressRouteTable Follow(IngressRouteTable table, SecretResource next) => table.Apply(table.KeepLastGood(new() { Upserted = [next] }));

    private static SecretResource Secret(IngressRouteTable table, SecretResource next)
        => (SecretResource)Assert.Single(table.KeepLastGood(new() { Upserted = [next] }).Upserted);
}

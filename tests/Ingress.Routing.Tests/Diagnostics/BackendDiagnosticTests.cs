using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Diagnostics;

/// <summary>What is said about backends and certificates that cannot serve (D16, D17, semantics 11.5, 13).</summary>
public sealed class BackendDiagnosticTests
{
    private static readonly IngressResource s_ingress = Some.Ingress("t/i", [Some.Rule("h.test", Some.Prefix("/", "web"))]);

    public static TheoryData<string, ServiceResource?, EndpointSliceResource?> Backends => new()
    {
        { IngressDiagnosticIds.ServiceNotFound, null, null },
        { IngressDiagnosticIds.ServiceNotFound, Some.Service("u/web"), null },
        { IngressDiagnosticIds.ServicePortNotFound, Some.Service("t/web", 81), null },
        { IngressDiagnosticIds.ExternalNameRefused, Some.Service("t/web") with { Type = ServiceResource.ExternalNameType }, null },
        { IngressDiagnosticIds.NoReadyEndpoints, Some.Service("t/web"), null },
        { IngressDiagnosticIds.NoReadyEndpoints, Some.Service("t/web"), Some.Slice("t/web", 8080) },
        { IngressDiagnosticIds.AddressRefused, Some.Service("t/web"), Some.Slice("t/web", 8080, "127.0.0.1", "10.0.0.1") },
        { IngressDiagnosticIds.AddressRefused, Some.Service("t/web"), Some.Slice("t/web", 8080, "10.0.0.1.2", "10.0.0.1") },
    };

    [Theory]
    [MemberData(nameof(Backends), DisableDiscoveryEnumeration = true)]
    public void Backend_ThatCannotServe_IsReportedAndStaysClaimed(string id, ServiceResource? service, EndpointSliceResource? slice)
    {
        var table = Compile(s_ingress, service, slice);

        Assert.Single(table.Diagnostics, d => d.Id == id);
        Assert.Single(table.Diagnostics);
        Assert.Equal("web", table.Answer("h.test", "/")); // D16
    }

    [Fact]
    public void Backend_ThatCanServe_IsNotReported()
        => Assert.Empty(Compile(s_ingress, Some.Service("t/web"), Some.Slice("t/web", 8080, "10.0.0.1")).Diagnostics);

    [Fact]
    public void Backend_OfADefault_IsReportedToo()
    {
        var diagnostic = Assert.Single(Compile(Some.Ingress("t/i", defaultBackend: Some.Backend("web")), null, null).Diagnostics);

        Assert.Equal(IngressDiagnosticIds.ServiceNotFound, diagnostic.Id);
        Assert.StartsWith("spec.defaultBackend", diagnostic.Field, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("example.com", "Bucket", 0)]
    [InlineData("example.com", "bucket", 1)] // case-sensitive
    [InlineData(null, "Bucket", 1)]
    public void Backend_ResourceKind_IsReportedUnlessServed(string? group, string kind, int expected)
    {
        var ingress = Some.Ingress("t/i", defaultBackend: Some.Resource(kind, "assets", group));
        var table = IngressRouteTable.Compile(Some.Snapshot(ingress), new() { ResourceKinds = [new("example.com", "Bucket")] });

        Assert.Equal(expected, table.Diagnostics.Count(d => d.Id == IngressDiagnosticIds.ResourceKindNotServed));
        Assert.Equal("assets", table.Match("h.test", "/").Route!.Resource!.Name);
    }

    private static readonly SecretResource s_secret = TestCertificates.Secret("t/crt", "h.test");

    public static TheoryData<string, SecretResource[]> Secrets => new()
    {
        { IngressDiagnosticIds.SecretNotFound, [] },
        { IngressDiagnosticIds.SecretNotFound, [s_secret with { Metadata = Some.Metadata("u/crt") }] },
        { IngressDiagnosticIds.SecretUnusable, [s_secret with { KeyPem = null }] },
        { IngressDiagnosticIds.SecretUnusable, [s_secret with { CertificatePem = "none" }] },
        { IngressDiagnosticIds.SecretUnusable, [s_secret with { KeyPem = TestCertificates.Secret("t/x", "x.test").KeyPem }] },
        { IngressDiagnosticIds.CertificateDoesNotCoverHost, [TestCertificates.Secret("t/crt", "other.test")] },
        { IngressDiagnosticIds.CertificateExpired, [TestCertificates.ExpiredSecret("t/crt", "h.test")] },
    };

    [Theory]
    [MemberData(nameof(Secrets), DisableDiscoveryEnumeration = true)]
    public void Certificate_ThatCannotServe_IsReportedOnce(string id, SecretResource[] secrets)
        => Assert.Equal(id, Assert.Single(TlsDiagnostics([Entry("t/i", 0)], secrets, DateTimeOffset.UtcNow)).Id);

    [Fact]
    public void Certificate_ThatCanServe_IsNotReported()
        => Assert.Empty(TlsDiagnostics([Entry("t/i", 0)], [s_secret], DateTimeOffset.UtcNow));

    [Fact]
    public void Certificate_WithoutATime_IsNotJudgedExpired()
        => Assert.Empty(TlsDiagnostics([Entry("t/i", 0)], [TestCertificates.ExpiredSecret("t/crt", "h.test")], null));

    [Fact]
    public void Certificate_OfAYoungerEntry_IsReportedAsAConflict()
    {
        var diagnostic = Assert.Single(TlsDiagnostics(
            [
                Entry("t/older", 0),
                Some.Ingress("t/younger", defaultBackend: Some.Backend("web"), tls: [Some.Tls("second", "h.test")], ageSeconds: 1),
            ],
            [s_secret, TestCertificates.Secret("t/second", "h.test")],
            null));

        Assert.Equal(IngressDiagnosticIds.TlsConflict, diagnostic.Id);
        Assert.Equal("Ingress/t/younger", diagnostic.Resource.ToString());
        Assert.Contains("t/older", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Certificate_SharedByTwoEntries_IsNoConflict()
        => Assert.Empty(TlsDiagnostics([Entry("t/i", 0), Entry("t/j", 1)], [s_secret], null));

    [Fact]
    public void DefaultCertificate_Missing_IsReported()
    {
        var table = IngressRouteTable.Compile(ClusterSnapshot.Empty, new() { DefaultCertificate = new("t", "crt") });

        Assert.Equal(IngressDiagnosticIds.DefaultCertificateUnusable, Assert.Single(table.Diagnostics).Id);
        Assert.Null(table.FindCertificate("h.test"));
    }

    [Fact]
    public void Diagnostics_AboutSecrets_NeverShowTheirContent()
    {
        const string Content = "c2VjcmV0LXRoYXQtbm9ib2R5LW1heS1zZWU=";
        var secret = new SecretResource { Metadata = Some.Metadata("t/crt"), CertificatePem = Content, KeyPem = Content };
        var table = IngressRouteTable.Compile(
            new() { Ingresses = [Entry("t/i", 0)], Secrets = [secret] }, new() { DefaultCertificate = new("t", "crt") });

        Assert.Equal(
            2,
            table.Diagnostics.Count(d => d.Id is IngressDiagnosticIds.SecretUnusable or IngressDiagnosticIds.DefaultCertificateUnusable));
        Assert.All(table.Diagnostics, d => Assert.DoesNotContain(Content, d.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(Content, secret.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "error INGR004 Ingress/t/i spec.rules[0].host: Wrong.")]
    [InlineData("a.yaml", "a.yaml:3:4: error INGR004 Ingress/t/i spec.rules[0].host: Wrong.")]
    public void ToString_IsOneLine(string? file, string expected)
    {
        var diagnostic = new IngressDiagnostic
        {
            Id = IngressDiagnosticIds.InvalidHost,
            Severity = IngressDiagnosticSeverity.Error,
            Resource = s_ingress.Reference,
            Field = "spec.rules[0].host",
            Message = "Wrong.",
            Location = file is null ? null : new(file, 3, 4),
        };

        Assert.Equal(expected, diagnostic.ToString());
    }

    private static IngressRouteTable Compile(IngressResource ingress, ServiceResource? service, EndpointSliceResource? slice)
        => IngressRouteTable.Compile(new()
        {
            Ingresses = [ingress],
            Services = service is null ? [] : [service],
            EndpointSlices = slice is null ? [] : [slice],
        });

    private static IngressResource Entry(string name, int age)
        => Some.Ingress(name, defaultBackend: Some.Backend("web"), tls: [Some.Tls("crt", "h.test")], ageSeconds: age);

    private static IEnumerable<IngressDiagnostic> TlsDiagnostics(IngressResource[] ingresses, SecretResource[] secrets, DateTimeOffset? now)
        => IngressRouteTable
        .Compile(new() { Ingresses = ingresses, Secrets = secrets }, new() { CertificatesEvaluatedAt = now })
        .Diagnostics.Where(d => string.CompareOrdinal(d.Id, "INGR070") >= 0 && string.CompareOrdinal(d.Id, "INGR080") < 0);
}

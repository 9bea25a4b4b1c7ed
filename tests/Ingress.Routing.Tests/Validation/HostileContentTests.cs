using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Validation;

/// <summary>Content that once broke the compiler, or misled the reader: it becomes a diagnostic and harms nothing else.</summary>
public sealed class HostileContentTests
{
    private static readonly IngressResource s_ingress = Some.Ingress("a/good", [Some.Rule("h.test", Some.Prefix("/"))]);

    [Fact]
    public void Compile_UnnamedObjects_AreReportedOneByOne()
    {
        var unnamed = new ObjectMetadata { Namespace = "a" };

        var table = IngressRouteTable.Compile(Some.Snapshot(s_ingress) with
        {
            Services = [new() { Metadata = unnamed }, new() { Metadata = unnamed }],
            EndpointSlices = [new() { Metadata = unnamed }, new() { Metadata = unnamed }],
            Secrets = [new() { Metadata = unnamed }, new() { Metadata = unnamed }],
        });

        Assert.Equal(6, table.Diagnostics.Count(item => item is
        { Id: IngressDiagnosticIds.InvalidMetadata, FieldError: FieldErrorKind.Required, Field: "metadata.name" }));
        Assert.Equal(IngressMatchStatus.Rule, table.Match("h.test", "/").Status);
    }

    [Fact]
    public void Compile_BrokenIntermediate_MakesTheSecretUnusable()
    {
        var secret = TestCertificates.Secret("a/tls", "h.test");
        var broken = secret with { CertificatePem = secret.CertificatePem + "\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" };
        var ingress = s_ingress with { Tls = [new() { Hosts = ["h.test"], SecretName = "tls" }] };

        var table = IngressRouteTable.Compile(Some.Snapshot(ingress) with { Secrets = [broken] });

        Assert.Contains(table.Diagnostics, item => item.Id == IngressDiagnosticIds.SecretUnusable);
        Assert.Null(table.FindCertificate("h.test"));
    }

    [Theory]
    [InlineData("/a\\..\\b")]
    [InlineData("/a%5Cb")]
    [InlineData("/a%2fb")]
    public void Match_RejectEncodedSeparators_RefusesWhateverBecomesOne(string target)
    {
        var options = new RouteTableOptions { RejectEncodedSeparators = true };

        Assert.Equal(IngressMatchStatus.BadRequest, IngressRouteTable.Compile(Some.Snapshot(s_ingress), options).Match("h.test", target).Status);
    }

    [Theory]
    [InlineData("010.0.0.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("10.1")]
    [InlineData("0x0a.0.0.1")]
    public void GetDestinations_AddressThatReadsAsAnother_IsRefused(string address)
    {
        var table = IngressRouteTable.Compile(new ClusterSnapshot { Services = [Some.Service("web")], EndpointSlices = [Some.Slice("web", 80, address)] });

        Assert.Empty(table.GetDestinations(new ServiceReference(new NamespacedName(null, "web"), new() { Number = 80 })).Ready);
        Assert.Contains(table.Diagnostics, item => item.Id == IngressDiagnosticIds.AddressRefused);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void GetDestinations_SlicesThatDisagreeOnTheProtocol_DoNotDependOnTheirOrder(bool reversed)
    {
        var silent = Some.Slice("web", 80, "10.0.0.1");
        var speaking = silent with
        {
            Metadata = silent.Metadata with { Name = "other" },
            Ports = [new() { Port = 80, AppProtocol = "kubernetes.io/h2c" }],
        };

        EndpointSliceResource[] slices = reversed ? [speaking, silent] : [silent, speaking];
        var table = IngressRouteTable.Compile(new ClusterSnapshot { Services = [Some.Service("web")], EndpointSlices = slices });

        var destinations = table.GetDestinations(new ServiceReference(new NamespacedName(null, "web"), new() { Number = 80 }));
        Assert.Equal("kubernetes.io/h2c", destinations.AppProtocol);
    }

    [Fact]
    public void Compile_MissingAndZeroTime_AreTheSameAge()
    {
        var zero = Some.Ingress("a/a", [Some.Rule("h.test", Some.Prefix("/", "zero"))]);
        var missing = Some.Ingress("a/b", [Some.Rule("h.test", Some.Prefix("/", "missing"))]);

        var table = IngressRouteTable.Compile(Some.Snapshot(
            missing with { Metadata = missing.Metadata with { CreationTimestamp = null } },
            zero with { Metadata = zero.Metadata with { CreationTimestamp = DateTimeOffset.MinValue } }));

        Assert.Equal("zero", table.Match("h.test", "/").Route!.Service!.Name.Name); // D4, D6a
    }

    [Fact]
    public void Compile_PathWithLineFeed_CannotForgeADiagnostic()
    {
        var ingress = Some.Ingress("a/i", [Some.Rule("h.test", Some.Prefix("x\nerror INGR999 forged"))]);

        Assert.All(IngressRouteTable.Compile(Some.Snapshot(ingress)).Diagnostics, item => Assert.DoesNotContain('\n', item.ToString()));
    }

    [Fact]
    public void Compile_ConfiguredDefaultWithoutService_IsReported()
    {
        var service = new ServiceReference(new NamespacedName("a", "nope"), new() { Number = 80 });

        var table = IngressRouteTable.Compile(Some.Snapshot(s_ingress), new() { DefaultBackend = service });

        Assert.Contains(table.Diagnostics, item => item.Id == IngressDiagnosticIds.ServiceNotFound && item.Resource?.Name == "nope");
    }

    [Theory]
    [InlineData("tls", null)]
    [InlineData(null, "tls")]
    public void Compile_TlsEntryThatLosesItsHost_IsReported(string? older, string? younger)
    {
        var table = IngressRouteTable.Compile(Some.Snapshot(
            s_ingress with { Tls = [new() { Hosts = ["h.test"], SecretName = older }, new() { Hosts = ["h.test"], SecretName = younger }] }) with
        {
            Secrets = [TestCertificates.Secret("a/tls", "h.test")],
        });

        Assert.Contains(table.Diagnostics, item => item is { Id: IngressDiagnosticIds.TlsConflict, Field: "spec.tls[1].hosts[0]" });
    }

    [Fact]
    public void FindCertificate_WildcardEntriesThatCoverSingleNames_ServeThoseNamesInOrder()
    {
        static IngressTls Wildcard(string secret) => new() { Hosts = ["*.h.test"], SecretName = secret };

        var table = IngressRouteTable.Compile(Some.Snapshot(
            s_ingress with { Tls = [Wildcard("one"), Wildcard("both"), Wildcard("all"), Wildcard("late")] }) with
        {
            Secrets =
            [
                TestCertificates.Secret("a/one", "one.h.test"),
                TestCertificates.Secret("a/both", "one.h.test", "two.h.test"),
                TestCertificates.Secret("a/all", "*.h.test"),
                TestCertificates.Secret("a/late", "three.h.test"),
            ],
        });

        Assert.Equal("one", table.FindCertificate("ONE.h.test.")!.Secret.Metadata.Name); // D17
        Assert.Equal("both", table.FindCertificate("two.h.test")!.Secret.Metadata.Name);
        Assert.Equal("all", table.FindCertificate("three.h.test")!.Secret.Metadata.Name);
        Assert.Null(table.FindCertificate("a.one.h.test"));
    }
}

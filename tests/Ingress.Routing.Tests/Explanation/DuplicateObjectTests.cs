using Ingress.Routing.Diagnostics;
using Ingress.Routing.Linting;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Explanation;

/// <summary>Of several versions of an object, what explains a table speaks of the one that the table uses (semantics 5.9).</summary>
public sealed class DuplicateObjectTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Explain_ServiceAndSliceInTwoVersions_ShowsTheNewer(bool isNewerFirst)
    {
        var snapshot = Some.Snapshot(Some.Ingress("i", [Some.Rule("h.test", Some.Prefix("/", "web"))])) with
        {
            Services = InOrder(Versioned(Some.Service("web", 81), "9"), Versioned(Some.Service("web", 80), "10"), isNewerFirst),
            EndpointSlices = InOrder(
                Versioned(Some.Slice("web", 8080, "10.0.0.1"), "9"), Versioned(Some.Slice("web", 8080, "10.0.0.2"), "10"), isNewerFirst),
        };

        var backend = IngressRouteTable.Compile(snapshot).Explain("h.test", "/").Backend!;

        Assert.Equal(DestinationStatus.Ready, backend.Status);
        Assert.Equal(["10.0.0.2"], backend.Endpoints.Select(endpoint => endpoint.Address));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Lint_SecretInTwoVersions_LooksAtTheNewer(bool isNewerFirst)
    {
        var valid = Versioned(TestCertificates.Secret("s", "a.test"), "10");
        var expiring = Versioned(TestCertificates.ExpiredSecret("s", "a.test"), "9");
        var snapshot = Some.Snapshot(Some.Ingress("i", [Some.Rule("a.test", Some.Prefix("/"))], tls: [Some.Tls("s", "a.test")])) with
        {
            Secrets = InOrder(expiring, valid, isNewerFirst),
        };
        var table = IngressRouteTable.Compile(snapshot);
        Assert.Same(valid, table.FindCertificate("a.test")!.Secret);

        var findings = IngressLinter.Lint(table, new() { Now = DateTimeOffset.UtcNow.AddDays(-10) });

        Assert.DoesNotContain(findings, finding => finding.Id == IngressDiagnosticIds.CertificateEndsSoon);
    }

    private static T[] InOrder<T>(T older, T newer, bool isNewerFirst) => isNewerFirst ? [newer, older] : [older, newer];

    private static T Versioned<T>(T item, string version)
        where T : KubernetesResource
        => item with { Metadata = item.Metadata with { ResourceVersion = version } };
}

using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Traps;

/// <summary>Trap 28; what readers see while tables change is tested under Concurrency.</summary>
public sealed class SnapshotTrapTests
{
    [Fact]
    public void Trap28_Table_KeepsNoTieToTheListsItWasCompiledFrom()
    {
        var paths = new List<IngressPath> { Some.Prefix("/", "first") };
        var rules = new List<IngressRule> { new() { Host = "h.test", Paths = paths } };
        var tls = new List<IngressTls> { Some.Tls("crt", "h.test") };
        var ingresses = new List<IngressResource> { Some.Ingress("t/i") with { Rules = rules, Tls = tls } };
        var secrets = new List<SecretResource> { TestCertificates.Secret("t/crt", "h.test") };
        var services = new List<ServiceResource> { Some.Service("t/first") };
        var slices = new List<EndpointSliceResource> { Some.Slice("t/first", 8080, "10.0.0.1") };
        var table = IngressRouteTable.Compile(
            new() { Ingresses = ingresses, Secrets = secrets, Services = services, EndpointSlices = slices });

        paths[0] = Some.Prefix("/", "second");
        rules.Clear();
        tls.Clear();
        ingresses.Clear();
        secrets.Clear();
        services.Clear();
        slices.Clear();

        var match = table.Match("h.test", "/");
        Assert.Equal("first", match.Route!.Service!.Name.Name);
        Assert.Equal(DestinationStatus.Ready, table.GetDestinations(match.Route.Service).Status);
        Assert.NotNull(table.FindCertificate("h.test"));
    }

    [Fact]
    public void Trap28_Publish_LeavesTheTableInHandsOfReadersAlone()
    {
        var router = new IngressRouter();
        router.Publish(RouteTableAnswers.TableOf(Some.Ingress("i", [Some.Rule("h.test", Some.Prefix("/", "old"))])));
        var inHand = router.Current;

        router.Publish(IngressRouteTable.Empty);

        Assert.Equal("old", inHand.Answer("h.test", "/"));
        Assert.Equal("404", router.Current.Answer("h.test", "/"));
    }
}

using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Conformance;

/// <summary>Endpoints on their way out (semantics 13.2), and Endpoints objects (semantics 13.4).</summary>
public sealed class EndpointsTests
{
    private static readonly ServiceReference s_web = new(new("t", "web"), new() { Number = 80 });

    [Theory]
    [InlineData(false, true, true, true)]
    [InlineData(false, null, true, true)] // nil means serving
    [InlineData(false, false, true, false)]
    [InlineData(false, true, false, false)]
    [InlineData(false, true, null, false)] // nil means not terminating
    [InlineData(null, false, true, true)] // nil means ready
    public void GetDestinations_NoneReady_UsesThoseThatEndAndServe(bool? ready, bool? serving, bool? terminating, bool isUsed)
    {
        var slice = Some.Slice("t/web", 8080) with
        {
            Endpoints = [new() { Addresses = ["10.0.0.1"], Ready = ready, Serving = serving, Terminating = terminating }],
        };

        Assert.Equal(isUsed, Find(new() { Services = [Some.Service("t/web")], EndpointSlices = [slice] }).Ready.Count == 1);
    }

    [Fact]
    public void GetDestinations_OneReadyInAnotherSlice_LeavesTheOthersOut()
    {
        var ending = Some.Slice("t/web", 8080) with { Endpoints = [new() { Addresses = ["10.0.0.1"], Ready = false, Terminating = true }] };
        var ready = Some.Slice("t/web", 8080, "10.0.0.2");
        ready = ready with { Metadata = ready.Metadata with { Name = "another" } };

        Assert.Equal(["10.0.0.2:8080"], Texts(Find(new() { Services = [Some.Service("t/web")], EndpointSlices = [ending, ready] })));
    }

    [Fact]
    public void Explain_EndingEndpoint_SaysThatItIsUsed()
    {
        var slice = Some.Slice("t/web", 8080) with { Endpoints = [new() { Addresses = ["10.0.0.1"], Ready = false, Terminating = true }] };
        var table = IngressRouteTable.Compile(new()
        {
            Ingresses = [Some.Ingress("t/a", [Some.Rule("a.test", Some.Prefix("/"))])],
            Services = [Some.Service("t/web")],
            EndpointSlices = [slice],
        });

        var endpoint = Assert.Single(table.Explain("a.test", "/").Backend!.Endpoints);

        Assert.Equal(Routing.Explanation.EndpointOutcome.Terminating, endpoint.Outcome);
    }

    [Fact]
    public void GetDestinations_MirroredEndpoints_AreReadyOnesOfEachSubset()
        => Assert.Equal(["10.0.0.1:8080", "10.0.0.3:8081"], Texts(Find(new() { Services = [Some.Service("t/web")], Endpoints = [Endpoints()] })));

    [Fact]
    public void GetDestinations_MirroredEndpoints_StandBesideSlices()
        => Assert.Equal(
            ["10.0.0.1:8080", "10.0.0.3:8081", "10.0.0.9:8080"],
            Texts(Find(new() { Services = [Some.Service("t/web")], EndpointSlices = [Some.Slice("t/web", 8080, "10.0.0.1", "10.0.0.9")], Endpoints = [Endpoints()] })));

    [Fact]
    public void GetDestinations_EndpointsThatNoClusterMirrors_CountForNothing()
    {
        var selected = Some.Service("t/web") with { Selector = new Dictionary<string, string> { ["app"] = "web" } };
        var skipped = Endpoints(labels: new() { [EndpointsResource.SkipMirrorLabel] = "true" });
        var leader = Endpoints(annotations: new() { [EndpointsResource.LeaderAnnotation] = "{}" });

        Assert.Empty(Find(new() { Services = [selected], Endpoints = [Endpoints()] }).Ready);
        Assert.Empty(Find(new() { Services = [Some.Service("t/web")], Endpoints = [skipped] }).Ready);
        Assert.Empty(Find(new() { Services = [Some.Service("t/web")], Endpoints = [leader] }).Ready);
        Assert.Equal(DestinationStatus.ServiceNotFound, Find(new() { Endpoints = [Endpoints()] }).Status);
    }

    [Fact]
    public void GetDestinations_MoreThanAClusterMirrors_AreLeftOut()
    {
        var many = Endpoints() with
        {
            Subsets = [new() { Addresses = [.. Enumerable.Range(0, 1100).Select(static i => $"10.1.{i / 250}.{(i % 250) + 1}")], Ports = [new() { Port = 8080 }] }],
        };

        Assert.Equal(1000, Find(new() { Services = [Some.Service("t/web")], Endpoints = [many] }).Ready.Count);
    }

    [Fact]
    public void Apply_EndpointsComeAndGo_IsWhatCompileMakes()
    {
        var table = IngressRouteTable.Compile(new() { Services = [Some.Service("t/web")] });
        Assert.Equal(DestinationStatus.NoReadyEndpoints, table.GetDestinations(s_web).Status);

        var next = table.Apply(new() { Upserted = [Endpoints()] });
        Assert.Equal(DestinationStatus.Ready, next.GetDestinations(s_web).Status);
        Assert.Contains(s_web.Name, next.ChangesSince(table)!.Services);

        next = next.Apply(new() { Removed = [Endpoints().Reference] });
        Assert.Equal(DestinationStatus.NoReadyEndpoints, next.GetDestinations(s_web).Status);
        Assert.Empty(next.Snapshot.Endpoints);
    }

    [Fact]
    public void Compile_AddressesThatMayNotBeUsed_AreReportedWhereTheyStand()
    {
        var endpoints = Endpoints() with { Subsets = [new() { Addresses = ["10.0.0.1", "127.0.0.1"], Ports = [new() { Port = 8080 }] }] };

        var finding = Assert.Single(IngressRouteTable.Compile(new() { Services = [Some.Service("t/web")], Endpoints = [endpoints] }).Diagnostics);

        Assert.Equal((IngressDiagnosticIds.AddressRefused, "subsets[0].addresses[1].ip"), (finding.Id, finding.Field));
    }

    [Fact]
    public void Compile_EndpointsOfAServiceWithSelector_AreReported()
    {
        var selected = Some.Service("t/web") with { Selector = new Dictionary<string, string> { ["app"] = "web" } };
        var table = IngressRouteTable.Compile(new() { Services = [Some.Service("t/web")], Endpoints = [Endpoints()] });
        Assert.Empty(table.Diagnostics);

        var next = table.Apply(new() { Upserted = [selected] });

        Assert.Equal(IngressDiagnosticIds.EndpointsNotMirrored, Assert.Single(next.Diagnostics).Id);
        Assert.Contains(Endpoints().Reference, next.ChangesSince(table)!.Resources);
    }

    private static ServiceDestinations Find(ClusterSnapshot snapshot) => IngressRouteTable.Compile(snapshot).GetDestinations(s_web);

    private static IEnumerable<string> Texts(ServiceDestinations destinations) => destinations.Ready.Select(static endpoint => endpoint.ToString());

    private static EndpointsResource Endpoints(Dictionary<string, string>? labels = null, Dictionary<string, string>? annotations = null) => new()
    {
        Metadata = Some.Metadata("t/web") with { Labels = labels ?? [], Annotations = annotations ?? [] },
        Subsets =
        [
            new() { Addresses = ["10.0.0.1"], NotReadyAddresses = ["10.0.0.2"], Ports = [new() { Port = 8080 }] },
            new() { Addresses = ["10.0.0.3"], Ports = [new() { Port = 8081 }] },
        ],
    };
}

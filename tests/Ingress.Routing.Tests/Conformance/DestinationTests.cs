using System.Net;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Conformance;

/// <summary>Section 13 of the semantics: where the requests for a Service port go.</summary>
public sealed class DestinationTests
{
    private static readonly ServiceReference s_web = Reference("t/web", 80);

    [Fact]
    public void GetDestinations_ReadyEndpoints_AreAllThere()
    {
        var found = Destinations(s_web, [Some.Service("t/web")], Some.Slice("t/web", 8080, "10.0.0.2", "10.0.0.1", "10.0.0.3"));

        Assert.Equal(DestinationStatus.Ready, found.Status);
        Assert.Equal(s_web, found.Service);
        Assert.Equal(["10.0.0.1:8080", "10.0.0.2:8080", "10.0.0.3:8080"], found.Ready.Select(e => e.ToString()));
    }

    [Fact]
    public void GetDestinations_SeveralSlices_AreJoinedAndEachEndpointCountsOnce()
    {
        var second = Some.Slice("t/web", 8080, "10.0.0.1", "10.0.0.4");
        second = second with { Metadata = second.Metadata with { Name = "another" } };

        var found = Destinations(s_web, [Some.Service("t/web")], Some.Slice("t/web", 8080, "10.0.0.1"), second);

        Assert.Equal([IPEndPoint.Parse("10.0.0.1:8080"), IPEndPoint.Parse("10.0.0.4:8080")], found.Ready);
    }

    [Theory]
    [InlineData(true, DestinationStatus.Ready)]
    [InlineData(null, DestinationStatus.Ready)] // 13.2: nil means ready
    [InlineData(false, DestinationStatus.NoReadyEndpoints)]
    public void GetDestinations_ReadyCondition_Decides(bool? ready, DestinationStatus expected)
    {
        var slice = Some.Slice("t/web", 8080) with { Endpoints = [new() { Addresses = ["10.0.0.1"], Ready = ready }] };

        Assert.Equal(expected, Destinations(s_web, [Some.Service("t/web")], slice).Status);
    }

    [Fact]
    public void GetDestinations_NotReadyEndpoint_IsLeftOut()
    {
        var slice = Some.Slice("t/web", 8080) with
        {
            Endpoints = [new() { Addresses = ["10.0.0.1"], Ready = false }, new() { Addresses = ["10.0.0.2"], Ready = true }],
        };

        Assert.Equal([IPEndPoint.Parse("10.0.0.2:8080")], Destinations(s_web, [Some.Service("t/web")], slice).Ready);
    }

    [Fact]
    public void GetDestinations_IPv6Slice_IsUsed()
    {
        var slice = Some.Slice("t/web", 8080, "2001:db8::1") with { AddressType = "IPv6" };

        Assert.Equal([IPEndPoint.Parse("[2001:db8::1]:8080")], Destinations(s_web, [Some.Service("t/web")], slice).Ready);
    }

    [Fact]
    public void GetDestinations_ServicePorts_AreMatchedWithSlicePortsByName()
    {
        var service = Some.Service("t/web") with
        {
            Ports = [new() { Name = "http", Port = 80 }, new() { Name = "admin", Port = 81, AppProtocol = "kubernetes.io/h2c" }],
        };
        var slice = Some.Slice("t/web", 0, "10.0.0.1") with
        {
            Ports = [new() { Name = "admin", Port = 9001 }, new() { Name = "http", Port = 9000 }],
        };

        Assert.Equal("10.0.0.1:9000", Assert.Single(Destinations(s_web, [service], slice).Ready).ToString());
        Assert.Equal("10.0.0.1:9001", Assert.Single(Destinations(Reference("t/web", 81), [service], slice).Ready).ToString());
        Assert.Equal("10.0.0.1:9000", Assert.Single(Destinations(Reference("t/web", "http"), [service], slice).Ready).ToString());
        Assert.Equal("kubernetes.io/h2c", Destinations(Reference("t/web", "admin"), [service], slice).AppProtocol);
        Assert.Null(Destinations(Reference("t/web", "http"), [service], slice).AppProtocol);
    }

    [Theory]
    [InlineData("HTTP")] // case-sensitive
    [InlineData("admin")]
    public void GetDestinations_UnknownPortName_IsNotFound(string port) => Assert.Equal(
        DestinationStatus.PortNotFound,
        Destinations(Reference("t/web", port), [Some.Service("t/web", 80, "http")], Some.Slice("t/web", 8080, "10.0.0.1")).Status);

    [Fact]
    public void GetDestinations_TargetPort_IsNoServicePort() => Assert.Equal(
        DestinationStatus.PortNotFound,
        Destinations(Reference("t/web", 8080), [Some.Service("t/web")], Some.Slice("t/web", 8080, "10.0.0.1")).Status); // 13.1

    [Fact]
    public void GetDestinations_ServiceOfAnotherNamespace_IsNotFound() => Assert.Equal(
        DestinationStatus.ServiceNotFound,
        Destinations(s_web, [Some.Service("u/web")], Some.Slice("u/web", 8080, "10.0.0.1")).Status); // 13.1

    [Fact]
    public void GetDestinations_SliceOfAnotherNamespace_IsNotUsed() => Assert.Equal(
        DestinationStatus.NoReadyEndpoints,
        Destinations(s_web, [Some.Service("t/web")], Some.Slice("u/web", 8080, "10.0.0.1")).Status);

    [Fact]
    public void GetDestinations_ExternalName_IsRefused()
    {
        var service = Some.Service("t/web") with { Type = ServiceResource.ExternalNameType };

        var found = Destinations(s_web, [service], Some.Slice("t/web", 8080, "10.0.0.1"));

        Assert.Equal(DestinationStatus.ExternalName, found.Status); // 13.2
        Assert.Empty(found.Ready);
    }

    [Fact]
    public void GetDestinations_FullyQualifiedNames_AreNotUsed()
    {
        var slice = Some.Slice("t/web", 8080, "inside.example") with { AddressType = "FQDN" };

        Assert.Equal(DestinationStatus.NoReadyEndpoints, Destinations(s_web, [Some.Service("t/web")], slice).Status);
    }

    [Theory]
    [InlineData("127.0.0.1", "IPv4")]
    [InlineData("127.8.9.1", "IPv4")]
    [InlineData("::1", "IPv6")]
    public void GetDestinations_LoopbackAddress_IsRefusedUnlessAllowed(string address, string type)
    {
        var slice = Some.Slice("t/web", 8080, address) with { AddressType = type };
        var snapshot = Snapshot([Some.Service("t/web")], slice);

        Assert.Empty(IngressRouteTable.Compile(snapshot).GetDestinations(s_web).Ready);
        Assert.Single(IngressRouteTable.Compile(snapshot, new() { AllowLoopbackDestinations = true }).GetDestinations(s_web).Ready);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0")]
    [InlineData("not-an-address")]
    [InlineData("10.0.0.1:80")]
    public void GetDestinations_MalformedAddress_IsLeftOut(string address)
    {
        var slice = Some.Slice("t/web", 8080, address, "10.0.0.9");

        Assert.Equal([IPEndPoint.Parse("10.0.0.9:8080")], Destinations(s_web, [Some.Service("t/web")], slice).Ready);
    }

    [Fact]
    public void GetDestinations_SlicePortWithoutNumber_IsNotUsed()
    {
        var slice = Some.Slice("t/web", 8080, "10.0.0.1") with { Ports = [new()] };

        Assert.Equal(DestinationStatus.NoReadyEndpoints, Destinations(s_web, [Some.Service("t/web")], slice).Status);
    }

    [Fact]
    public void GetDestinations_EndpointWithoutAddress_IsLeftOut()
    {
        var slice = Some.Slice("t/web", 8080) with { Endpoints = [new()] };

        Assert.Equal(DestinationStatus.NoReadyEndpoints, Destinations(s_web, [Some.Service("t/web")], slice).Status);
    }

    [Fact]
    public void GetDestinations_SameServiceNameInTwoNamespaces_AreTwo()
    {
        var snapshot = new ClusterSnapshot
        {
            Services = [Some.Service("t/web"), Some.Service("u/web")],
            EndpointSlices = [Some.Slice("t/web", 8080, "10.0.0.1"), Some.Slice("u/web", 8080, "10.0.0.2")],
        };
        var table = IngressRouteTable.Compile(snapshot);

        Assert.Equal("10.0.0.1:8080", Assert.Single(table.GetDestinations(s_web).Ready).ToString());
        Assert.Equal("10.0.0.2:8080", Assert.Single(table.GetDestinations(Reference("u/web", 80)).Ready).ToString());
    }

    [Fact]
    public void Match_RuleWhoseServiceIsMissing_StaysClaimed()
    {
        var table = IngressRouteTable.Compile(new()
        {
            Ingresses = [Some.Ingress("t/i", [Some.Rule(null, Some.Prefix("/", "web"), Some.Prefix("/a", "missing"))])],
            Services = [Some.Service("t/web")],
            EndpointSlices = [Some.Slice("t/web", 8080, "10.0.0.1")],
        });

        var match = table.Match("h.test", "/a/b");

        Assert.Equal("missing", match.Route!.Service!.Name.Name); // D16
        Assert.Equal(DestinationStatus.ServiceNotFound, table.GetDestinations(match.Route.Service).Status);
    }

    private static ServiceReference Reference(string name, int port) => new(Some.Metadata(name).NamespacedName, new() { Number = port });

    private static ServiceReference Reference(string name, string port) => new(Some.Metadata(name).NamespacedName, new() { Name = port });

    private static ClusterSnapshot Snapshot(ServiceResource[] services, params EndpointSliceResource[] slices)
        => new() { Services = services, EndpointSlices = slices };

    private static ServiceDestinations Destinations(
        ServiceReference service, ServiceResource[] services, params EndpointSliceResource[] slices)
        => IngressRouteTable.Compile(Snapshot(services, slices)).GetDestinations(service);
}

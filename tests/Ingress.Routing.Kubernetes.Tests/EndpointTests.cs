namespace Ingress.Routing.Kubernetes.Tests;

/// <summary>Endpoints as clusters have them.</summary>
public sealed class EndpointTests
{
    [Theory]
    [InlineData("""{"ready":true}""", """{"ready":false}""", "10.0.0.1")]
    [InlineData("{}", """{"ready":null}""", "10.0.0.1,10.0.0.2")] // absent is ready
    [InlineData("""{"ready":false,"serving":true,"terminating":true}""", """{"ready":false}""", "10.0.0.1")]
    [InlineData("""{"ready":false,"terminating":true}""", """{"ready":true}""", "10.0.0.2")]
    [InlineData("""{"ready":false,"serving":false,"terminating":true}""", """{"ready":false}""", "")]
    public async Task Conditions_OfTwoEndpoints_DecideWhichAreUsed(string first, string second, string expected)
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        await cluster.ServeAsync();
        cluster.Server.Apply(Slice("web-abcde", "IPv4", $$"""{"addresses":["10.0.0.1","10.0.0.9"],"conditions":{{first}} },{"addresses":["10.0.0.2"],"conditions":{{second}} }"""));
        await cluster.UntilEndpointsAsync("web", expected.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task SlicesOfOneService_AreTakenTogether()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        await cluster.ServeAsync();
        cluster.Server.Apply(Slice("web-2", "IPv4", """{"addresses":["10.1.0.1"],"conditions":{"ready":false} },{"addresses":["10.1.0.2"]}"""));
        await cluster.UntilEndpointsAsync("web", "10.1.0.1", "10.1.0.2"); // ready in one of the two is ready
        cluster.Server.Delete("EndpointSlice", "default", "web-abcde");
        await cluster.UntilEndpointsAsync("web", "10.1.0.2");
    }

    [Theory]
    [InlineData("IPv4", "10.1.0.1", "10.1.0.1")]
    [InlineData("IPv6", "10.1.0.1", "fd00::1")]
    [InlineData("IPv4", "", "fd00::1")]
    public async Task TwoFamilies_TheFirstThatHasEndpointsIsUsed(string first, string ofIPv4, string expected)
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        var second = first == "IPv4" ? "IPv6" : "IPv4";
        cluster.Server.Apply(
            $$"""{"kind":"Service","metadata":{"name":"web","namespace":"default"},"spec":{"ipFamilyPolicy":"PreferDualStack","ipFamilies":["{{first}}","{{second}}"],"ports":[{"name":"http","port":80}]} }""");
        cluster.Server.Apply(Slice("web-abcde", "IPv4", ofIPv4.Length == 0 ? "" : $$"""{"addresses":["{{ofIPv4}}"]}"""));
        cluster.Server.Apply(Slice("web-six", "IPv6", """{"addresses":["fd00::1"]}"""));
        await cluster.ServeAsync();
        await cluster.UntilEndpointsAsync("web", expected);
    }

    [Theory]
    [InlineData("IPv4", "127.0.0.1")]
    [InlineData("IPv4", "169.254.169.254")]
    [InlineData("FQDN", "inside.test")]
    public async Task AddressesThatLeadElsewhere_AreNotUsed(string type, string address)
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.Apply(Slice("web-2", type, $$"""{"addresses":["{{address}}"]}"""));
        await cluster.ServeAsync();
        await cluster.UntilEndpointsAsync("web", "10.1.0.1");
    }

    [Theory]
    [InlineData("outside.test", true)]
    [InlineData("localhost", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    public async Task ExternalName_LeadsOutsideOrNowhere(string name, bool leads)
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.Apply($$"""{"kind":"Service","metadata":{"name":"web","namespace":"default"},"spec":{"type":"ExternalName","externalName":"{{name}}","ports":[{"name":"http","port":80}]} }""");
        await cluster.ServeAsync();
        var found = cluster.Table.GetDestinations(new(new("default", "web"), new() { Name = "http" }));
        Assert.Equal(DestinationStatus.ExternalName, found.Status);
        Assert.Empty(found.Ready);
        Assert.Equal(leads ? $"{name}:80" : "", found.ExternalHost is { } host ? $"{host.Host}:{host.Port}" : "");
    }

    private static string Slice(string name, string type, string endpoints) =>
        $$"""
        {"kind":"EndpointSlice","metadata":{"name":"{{name}}","namespace":"default","labels":{"kubernetes.io/service-name":"web"} },"addressType":"{{type}}",
        "endpoints":[{{endpoints}}],"ports":[{"name":"http","protocol":"TCP","port":8080},{"name":"other","port":null}]}
        """;
}

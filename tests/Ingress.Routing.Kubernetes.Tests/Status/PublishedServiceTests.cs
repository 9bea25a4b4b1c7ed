using System.Text.Json.Nodes;
using Ingress.Routing.Kubernetes.Status;

namespace Ingress.Routing.Kubernetes.Tests.Status;

public sealed class PublishedServiceTests
{
    [Theory]
    [InlineData("""{"spec":{"type":"LoadBalancer","clusterIP":"10.0.0.9"},"status":{"loadBalancer":{"ingress":[{"ip":"203.0.113.7","ipMode":"VIP"},{"hostname":"lb.example.test"}]}}}""", "203.0.113.7, lb.example.test")]
    [InlineData("""{"spec":{"type":"LoadBalancer","externalIPs":["198.51.100.1"]},"status":{"loadBalancer":{"ingress":[{"ip":"203.0.113.7"}]}}}""", "198.51.100.1, 203.0.113.7")]
    [InlineData("""{"spec":{"type":"LoadBalancer","clusterIP":"10.0.0.9"},"status":{"loadBalancer":{}}}""", "")]
    [InlineData("""{"spec":{"type":"NodePort","clusterIP":"10.0.0.9","externalIPs":["198.51.100.1"]}}""", "198.51.100.1")]
    [InlineData("""{"spec":{"type":"ClusterIP","clusterIP":"10.0.0.9"}}""", "10.0.0.9")]
    [InlineData("""{"spec":{"clusterIP":"10.0.0.9"}}""", "10.0.0.9")]
    [InlineData("""{"spec":{"clusterIP":"None"}}""", "")]
    [InlineData("""{"spec":{"type":"ExternalName","externalName":"gw.example.test."}}""", "gw.example.test")]
    [InlineData("""{"spec":{"type":5,"clusterIP":["x"]},"status":[]}""", "")]
    [InlineData("""{}""", "")]
    public void AddressesOf_AService_FollowsItsType(string service, string expected)
        => Assert.Equal(expected, PublishedService.AddressesOf((JsonObject)JsonNode.Parse(service)!).ToString());

    [Fact]
    public void Set_NoAddressForTheMoment_KeepsTheLast()
    {
        var addresses = new PublishedAddresses(AddressSet.None);
        var calls = 0;
        using var listening = addresses.OnChanged(() => calls++);

        addresses.Set(StatusRulesTests.Set("203.0.113.7"));
        addresses.Set(AddressSet.None);
        addresses.Set(StatusRulesTests.Set("203.0.113.7"));

        Assert.Equal(StatusRulesTests.Set("203.0.113.7"), addresses.Current);
        Assert.Equal(1, calls);
    }
}

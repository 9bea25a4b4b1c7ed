using Ingress.Routing.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ingress.Routing.AspNetCore.Tests;

/// <summary>An endpoint lives as long as its route.</summary>
public sealed class EndpointCacheTests
{
    private readonly IngressEndpointCache _cache = new([], new PolicyChain([], TimeProvider.System, NullLogger<PolicyChain>.Instance));

    [Fact]
    public void Get_AfterAnUnrelatedChange_IsTheSameEndpoint()
    {
        var before = IngressRouteTable.Compile(Some.Snapshot(IngressOf("a"), IngressOf("b")));
        var endpoint = EndpointOf("a", before);

        var after = before
            .Apply(new() { Upserted = [IngressOf("b", "/changed"), IngressOf("c")] })
            .Apply(new() { Removed = [IngressOf("b").Reference] })
            .Apply(new() { Upserted = [Some.Service("shop/web"), Some.Slice("shop/web", 80, "10.0.0.1")] });

        Assert.Same(endpoint, EndpointOf("a", after));
    }

    [Fact]
    public void Get_AfterTheIngressHasChanged_IsAnotherEndpoint()
    {
        var before = IngressRouteTable.Compile(Some.Snapshot(IngressOf("a")));
        var endpoint = EndpointOf("a", before);

        Assert.NotSame(endpoint, EndpointOf("a", before.Apply(new() { Upserted = [IngressOf("a")] })));
    }

    private Endpoint EndpointOf(string host, IngressRouteTable table) => _cache.Get(table.Match($"{host}.test", "/").Route!, table);

    private static IngressResource IngressOf(string name, string path = "/")
        => Some.Ingress($"shop/{name}", [Some.Rule($"{name}.test", Some.Prefix(path))]);
}

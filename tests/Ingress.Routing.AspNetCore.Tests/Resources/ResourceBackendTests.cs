using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.AspNetCore.Tests.Resources;

public sealed class ResourceBackendTests
{
    [Fact]
    public async Task Handler_OfTheKind_ServesWithRouteAndCanonicalPath()
    {
        await using var site = await TestSite.StartAsync(
            Buckets("example.com", "Bucket"),
            ingress => ingress.AddResourceBackend("example.com", "Bucket", (context, route) => context.Response.WriteAsync(
                $"{route.Source.Name.Namespace} {route.Resource!.Name} {context.GetIngressMatch()!.Match.Path}")));

        Assert.Equal("shop icon-assets /icons/a%2Fb", (await site.GetAsync("/icons/x/../a%2fb")).Body);
        Assert.DoesNotContain(site.Router.Current.Diagnostics, diagnostic => diagnostic.Id == IngressDiagnosticIds.ResourceKindNotServed);
    }

    [Theory]
    [InlineData("example.com", "Bucket", "other.example", "Bucket")]
    [InlineData("example.com", "Bucket", "example.com", "bucket")]
    [InlineData("example.com", "Bucket", null, "Bucket")]
    public async Task Handler_OfAnotherKind_Leaves503AndADiagnostic(string? group, string kind, string? servedGroup, string servedKind)
    {
        await using var site = await TestSite.StartAsync(
            Buckets(group, kind),
            ingress => ingress.AddResourceBackend(servedGroup, servedKind, (context, _) => context.Response.WriteAsync("wrong")));

        Assert.Equal(503, (await site.GetAsync("/icons")).Status);
        Assert.Contains(site.Router.Current.Diagnostics, diagnostic => diagnostic.Id == IngressDiagnosticIds.ResourceKindNotServed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Handler_OfTheCoreGroup_IsNullOrEmpty(string? group)
    {
        await using var site = await TestSite.StartAsync(
            Buckets(null, "ConfigMap"),
            ingress => ingress.AddResourceBackend(group, "ConfigMap", (context, _) => context.Response.WriteAsync("served")));

        Assert.Equal("served", (await site.GetAsync("/icons")).Body);
    }

    [Fact]
    public async Task Handler_AddedTwice_TheLastOneServes()
    {
        await using var site = await TestSite.StartAsync(Buckets("example.com", "Bucket"), ingress => ingress
            .AddResourceBackend("example.com", "Bucket", (context, _) => context.Response.WriteAsync("first"))
            .AddResourceBackend("example.com", "Bucket", (context, _) => context.Response.WriteAsync("last")));

        Assert.Equal("last", (await site.GetAsync("/icons")).Body);
    }

    [Fact]
    public async Task Factory_OfTheKind_GetsServicesAndRoute()
    {
        await using var site = await TestSite.StartAsync(Buckets("example.com", "Bucket"), ingress => ingress
            .AddResourceBackend("example.com", "Bucket", RequestDelegate (services, route) =>
            {
                var router = services.GetRequiredService<IngressRouter>();
                return context => context.Response.WriteAsync($"{router.HasPublished} {route.Id}");
            }));

        Assert.Equal("True shop/assets/0/0", (await site.GetAsync("/icons")).Body);
    }

    [Fact]
    public async Task Convention_AfterTheHandler_SeesItsDelegate()
    {
        await using var site = await TestSite.StartAsync(Buckets("example.com", "Bucket"), ingress => ingress
            .AddResourceBackend("example.com", "Bucket", (context, _) => context.Response.WriteAsync("handler"))
            .ConfigureIngressEndpoints(endpoint =>
            {
                var inner = endpoint.RequestDelegate!;
                endpoint.RequestDelegate = async context =>
                {
                    await context.Response.WriteAsync("around ");
                    await inner(context);
                };
            }));

        Assert.Equal("around handler", (await site.GetAsync("/icons")).Body);
    }

    internal static ClusterSnapshot Buckets(string? group, string kind) => Some.Snapshot(Some.Ingress("shop/assets",
    [
        Some.Rule("h.test", new IngressPath
        {
            PathType = PathTypes.Prefix,
            Path = "/icons",
            Backend = new() { Resource = new() { ApiGroup = group, Kind = kind, Name = "icon-assets" } },
        }),
    ]));
}

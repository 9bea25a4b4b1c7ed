namespace Ingress.Routing.AspNetCore.Tests;

public sealed class GenerationHeaderTests
{
    private static readonly ClusterSnapshot s_shop = Some.Snapshot(Some.Ingress("shop/web", [Some.Rule("h.test", Some.Prefix("/web"))]));

    [Theory]
    [InlineData("/web", "h.test", 200)]
    [InlineData("/none", "h.test", 404)]
    [InlineData("/a%zz", "h.test", 400)]
    public async Task AskedFor_EachAnswer_NamesItsTable(string target, string host, int status)
    {
        await using var site = await TestSite.StartAsync(s_shop, Serving.Echo, options: static options => options.SendGeneration = true);

        var first = await site.GetAsync(target, host);
        site.Router.Publish(site.Router.Current);
        var second = await site.GetAsync(target, host);

        Assert.Equal((status, "1"), (first.Status, first.Headers["x-ingress-generation"]));
        Assert.Equal((status, "2"), (second.Status, second.Headers["x-ingress-generation"]));
    }

    [Fact]
    public async Task AskedFor_BackendThatNamesOne_IsNotBelieved()
    {
        await using var site = await TestSite.StartAsync(
            s_shop,
            static ingress => ingress.ConfigureIngressEndpoints(static endpoint => endpoint.RequestDelegate = static context =>
            {
                context.Response.Headers["x-ingress-generation"] = "77";
                return context.Response.WriteAsync("from the backend");
            }),
            options: static options => options.SendGeneration = true);

        Assert.Equal("1", (await site.GetAsync("/web")).Headers["x-ingress-generation"]);
    }

    [Fact]
    public async Task NotAskedFor_NothingIsSaid()
    {
        await using var site = await TestSite.StartAsync(s_shop, Serving.Echo);

        Assert.DoesNotContain("x-ingress-generation", (await site.GetAsync("/web")).Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }
}

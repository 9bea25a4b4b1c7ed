using Ingress.Routing.Kubernetes.Watching;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.Kubernetes.Tests;

/// <summary>What an API server can do to us. In each case routes stay, and what happens meanwhile is caught up with.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task Watch_ObjectsComeChangeAndGo_TablesFollow()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        await cluster.ServeAsync();
        Assert.True(WatchedCluster.Serves(cluster.Table, "a.test"));

        cluster.Server.Apply(Manifest.Ingress("b", "b.test"));
        await cluster.UntilServesAsync("b.test");
        cluster.Server.Apply(Manifest.Ingress("b", "c.test"));
        await cluster.UntilAsync(static table => WatchedCluster.Serves(table, "c.test") && !WatchedCluster.Serves(table, "b.test"));
        cluster.Server.Delete("Ingress", "default", "b");
        await cluster.UntilServesNotAsync("c.test");
        cluster.Server.Apply(Manifest.Slice("web", "10.1.0.2"));
        await cluster.UntilEndpointsAsync("web", "10.1.0.2");
        Assert.Equal(1, cluster.CountRequests("/ingresses?limit"));
    }

    [Fact]
    public async Task Server_GoneAndBack_RoutesStayAndDeletionsAreFound()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.Apply(Manifest.Ingress("b", "b.test"));
        await cluster.ServeAsync();
        await cluster.WatchOfAsync("ingresses");

        await cluster.Server.StopAsync();
        cluster.Server.Delete("Ingress", "default", "b");
        cluster.Server.Apply(Manifest.Slice("web", "10.1.0.9"));
        await WatchedCluster.UntilAsync(() => cluster.Log.All.Any(static line => line.Contains("ApiServerDown", StringComparison.Ordinal)), "the outage is not said");
        Assert.True(WatchedCluster.Serves(cluster.Table, "b.test"));
        Assert.True(cluster.Router.HasPublished);

        await cluster.Server.StartAsync();
        await cluster.UntilEndpointsAsync("web", "10.1.0.9");
        await cluster.UntilServesNotAsync("b.test");
        Assert.True(WatchedCluster.Serves(cluster.Table, "a.test"));
        await WatchedCluster.UntilAsync(() => cluster.Log.All.Any(static line => line.Contains("ApiServerBack", StringComparison.Ordinal)), "the end of the outage is not said");
    }

    [Fact]
    public async Task Server_GoneAndBackWithoutHistory_ListsAnew()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.Apply(Manifest.Ingress("b", "b.test"));
        await cluster.ServeAsync();

        await cluster.Server.StopAsync();
        cluster.Server.Delete("Ingress", "default", "b");
        cluster.Server.ForgetHistory();
        await cluster.Server.StartAsync();

        await cluster.UntilServesNotAsync("b.test");
        Assert.True(WatchedCluster.Serves(cluster.Table, "a.test"));
        Assert.True(cluster.CountRequests("/ingresses?limit=500") >= 2);
    }

    [Fact]
    public async Task Server_RestoredFromABackup_ListsAnew()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        await cluster.ServeAsync();
        var backup = cluster.Server.Backup();
        cluster.Server.Apply(Manifest.Ingress("b", "b.test"));
        await cluster.UntilServesAsync("b.test");

        await cluster.Server.StopAsync();
        cluster.Server.Restore(backup);
        await cluster.Server.StartAsync();

        await cluster.UntilServesNotAsync("b.test");
        cluster.Server.Apply(Manifest.Ingress("c", "c.test"));
        await cluster.UntilServesAsync("c.test");
    }

    [Fact]
    public async Task Watch_SilentForTooLong_IsOpenedAnew()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        await cluster.ServeAsync(reflection: new ReflectorOptions { Silence = TimeSpan.FromSeconds(1) });
        (await cluster.WatchOfAsync("endpointslices")).Mute();
        cluster.Server.Apply(Manifest.Slice("web", "10.1.0.3"));
        await cluster.UntilEndpointsAsync("web", "10.1.0.3");
    }

    [Fact]
    public async Task Watch_SilentAfterARestore_ListsAnew()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        var backup = cluster.Server.Backup();
        cluster.Server.Apply(Manifest.Ingress("b", "b.test"));
        await cluster.ServeAsync(reflection: new ReflectorOptions { Silence = TimeSpan.FromSeconds(1) });
        var watch = await cluster.WatchOfAsync("ingresses");
        cluster.Server.Restore(backup);
        watch.End(); // the next one begins in the future, and is silent
        await cluster.UntilServesNotAsync("b.test");
    }

    [Fact]
    public async Task Watch_EndsCleanly_GoesOnWithoutAList()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        await cluster.ServeAsync();
        var watch = await cluster.WatchOfAsync("ingresses");
        cluster.Server.Apply(Manifest.Ingress("b", "b.test"));
        await cluster.UntilServesAsync("b.test");
        watch.End();
        cluster.Server.Apply(Manifest.Ingress("c", "c.test"));
        await cluster.UntilServesAsync("c.test");
        Assert.Equal(1, cluster.CountRequests("/ingresses?limit"));
    }

    [Fact]
    public async Task Watch_HalfALine_DoesNotCount()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        await cluster.ServeAsync();
        var watch = await cluster.WatchOfAsync("ingresses");
        watch.SendRaw("""{"type":"DELETED","object":{"kind":"Ingress","metadata":{"name":"a","namespace":"default","resourceVersion":"9999"}}}""");
        watch.End();
        await cluster.WatchOfAsync("ingresses", otherThan: watch);
        cluster.Server.Apply(Manifest.Ingress("b", "b.test"));
        await cluster.UntilServesAsync("b.test");
        Assert.True(WatchedCluster.Serves(cluster.Table, "a.test"));
    }

    [Theory]
    [InlineData("<html>502 Bad Gateway</html>\n")]
    [InlineData("{\"type\":\"MODIFIED\",\"object\":{\"kind\"\n")]
    [InlineData("\"a string\"\n")]
    [InlineData("{\"type\":\"MODIFIED\"}\n")]
    [InlineData("\0\u0001\u0002\n")]
    public async Task Watch_Garbage_IsOpenedAnew(string garbage)
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        await cluster.ServeAsync();
        var watch = await cluster.WatchOfAsync("ingresses");
        watch.SendRaw(garbage);
        await cluster.WatchOfAsync("ingresses", otherThan: watch);
        cluster.Server.Apply(Manifest.Ingress("b", "b.test"));
        await cluster.UntilServesAsync("b.test");
        Assert.True(WatchedCluster.Serves(cluster.Table, "a.test"));
    }

    [Fact]
    public async Task Watch_MalformedObject_KeepsItsVersionBefore()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        await cluster.ServeAsync();
        var watch = await cluster.WatchOfAsync("ingresses");
        watch.SendRaw("""{"type":"MODIFIED","object":{"kind":"Ingress","metadata":{"name":"a","namespace":"default","resourceVersion":"9999"},"spec":{"rules":"none"}}}""" + "\n");
        await cluster.UntilAsync(static table => table.SourceDiagnostics.Any(static one => one.Id == "INGR201"));
        Assert.True(WatchedCluster.Serves(cluster.Table, "a.test"));
        Assert.Equal("a", cluster.Table.SourceDiagnostics.Single().Resource!.Value.Name);
    }

    [Fact]
    public async Task Watch_EventsTwice_AreOneChange()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        await cluster.ServeAsync();
        (await cluster.WatchOfAsync("ingresses")).Repeat();
        cluster.Server.Apply(Manifest.Ingress("b", "b.test"));
        await cluster.UntilServesAsync("b.test");
        cluster.Server.Delete("Ingress", "default", "b");
        await cluster.UntilServesNotAsync("b.test");
    }

    [Fact]
    public async Task Watch_EventsLate_AreNotBelieved()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        await cluster.ServeAsync();
        var watch = await cluster.WatchOfAsync("ingresses");
        cluster.Server.Apply(Manifest.Ingress("b", "old.test"));
        await cluster.UntilServesAsync("old.test");
        var old = cluster.Server.Find("Ingress", "default", "b")!;
        cluster.Server.Apply(Manifest.Ingress("b", "new.test"));
        await cluster.UntilServesAsync("new.test");
        watch.Send("MODIFIED", old);
        watch.Send("DELETED", old);
        cluster.Server.Apply(Manifest.Ingress("c", "c.test"));
        await cluster.UntilServesAsync("c.test");
        Assert.True(WatchedCluster.Serves(cluster.Table, "new.test"));
        Assert.False(WatchedCluster.Serves(cluster.Table, "old.test"));

        cluster.Server.Delete("Ingress", "default", "b");
        await cluster.UntilServesNotAsync("new.test");
        watch.Send("MODIFIED", old);
        cluster.Server.Apply(Manifest.Ingress("d", "d.test"));
        await cluster.UntilServesAsync("d.test");
        Assert.False(WatchedCluster.Serves(cluster.Table, "old.test"));
    }

    [Fact]
    public async Task Watch_HistoryLost_ListsAnewAndPublishesTheDifference()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        await cluster.ServeAsync();
        var watch = await cluster.WatchOfAsync("ingresses");
        var before = cluster.Table.Snapshot.Ingresses.Single();
        watch.Mute();
        cluster.Server.Apply(Manifest.Ingress("b", "b.test"));
        cluster.Server.ForgetHistory();
        watch.End();
        await cluster.UntilServesAsync("b.test");
        Assert.Same(before, cluster.Table.Snapshot.Ingresses.Single(static ingress => ingress.Metadata.Name == "a"));
    }

    [Theory]
    [InlineData(500, "", "{\"kind\":\"Status\",\"code\":500}")]
    [InlineData(503, "1", "<html>no</html>")]
    [InlineData(429, "1", "Too many requests, please try again later.")]
    [InlineData(504, "", "")]
    [InlineData(200, "", "<html>welcome</html>")]
    [InlineData(200, "", "{}")]
    [InlineData(200, "", "{\"kind\":\"IngressList\",\"metadata\":{\"resourceVersion\":\"9\"},\"items\":[{\"metadata\":{\"name\":\"b\"}}")]
    [InlineData(401, "", "")]
    public async Task Server_AnswersWrongForAWhile_RoutesStay(int status, string retryAfter, string body)
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        await cluster.ServeAsync();
        var bad = 0;
        cluster.Server.Intercept = async context =>
        {
            if (Interlocked.Increment(ref bad) > 12)
            {
                return false;
            }

            context.Response.StatusCode = status;
            if (retryAfter.Length > 0)
            {
                context.Response.Headers.RetryAfter = retryAfter;
            }

            await context.Response.WriteAsync(body);
            return true;
        };
        foreach (var watch in cluster.Server.Watches)
        {
            watch.Abort();
        }

        cluster.Server.Apply(Manifest.Ingress("b", "b.test"));
        await cluster.UntilServesAsync("b.test");
        Assert.True(WatchedCluster.Serves(cluster.Table, "a.test"));
        Assert.True(bad > 1);
    }

    [Fact]
    public async Task Start_ServerNotThereYet_WaitsForIt()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        await cluster.Server.StopAsync();
        await cluster.StartAsync();
        await WatchedCluster.UntilAsync(() => cluster.Log.All.Any(static line => line.Contains("ApiServerDown", StringComparison.Ordinal)), "the outage is not said");
        Assert.False(cluster.Router.HasPublished);
        await cluster.Server.StartAsync();
        await cluster.UntilServesAsync("a.test");
    }

    [Fact]
    public async Task Start_OneKindDoesNotAnswer_NothingIsPublished()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        var release = new TaskCompletionSource();
        cluster.Server.Intercept = async context =>
        {
            if (context.Request.Path.Value!.EndsWith("/endpointslices", StringComparison.Ordinal))
            {
                await release.Task;
            }

            return false;
        };
        await cluster.StartAsync();
        await WatchedCluster.UntilAsync(() => cluster.CountRequests("watch=1") >= 4, "the others are not watched");
        Assert.False(cluster.Router.HasPublished);
        release.SetResult();
        await cluster.UntilServesAsync("a.test");
        Assert.Equal(["10.1.0.1"], WatchedCluster.EndpointsOf(cluster.Table, "web"));
    }

    [Fact]
    public async Task List_PageTokenExpires_BeginsAnew()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        for (var i = 0; i < 7; i++)
        {
            cluster.Server.Apply(Manifest.Ingress($"p{i}", $"p{i}.test"));
        }

        var isFirst = true;
        cluster.Server.Intercept = context =>
        {
            if (isFirst && context.Request.Query.ContainsKey("continue") && context.Request.Path.Value!.EndsWith("/ingresses", StringComparison.Ordinal))
            {
                isFirst = false;
                cluster.Server.ForgetHistory();
            }

            return Task.FromResult(false);
        };
        await cluster.ServeAsync(reflection: new ReflectorOptions { PageSize = 3 });
        await cluster.UntilServesAsync("p6.test");
        Assert.Equal(8, cluster.Table.IngressCount);
        Assert.False(isFirst);
    }
}

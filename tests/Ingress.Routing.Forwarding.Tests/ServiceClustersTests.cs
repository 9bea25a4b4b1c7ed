using System.Collections.Concurrent;
using FsCheck.Xunit;
using Ingress.Routing.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding.Tests;

/// <summary>Clusters come with the first request, change in place, and go with the last route.</summary>
public sealed class ServiceClustersTests
{
    private static readonly string[] s_names = ["a", "b", "c"];

    [Fact]
    public async Task Cluster_IsChangedInPlace()
    {
        await using var proxy = await Proxy.StartAsync(Cluster.Of(1001, 1002));
        var cluster = proxy.Clusters.Get(Cluster.Web, proxy.Router.Current);
        var kept = cluster.State.Destinations["http://127.0.0.1:1002"];

        proxy.Publish(Cluster.Of(1002, 1003));

        Assert.Same(cluster, proxy.Clusters.Get(Cluster.Web, proxy.Router.Current));
        Assert.Same(kept, cluster.State.Destinations["http://127.0.0.1:1002"]);
        Assert.Equal(["http://127.0.0.1:1002", "http://127.0.0.1:1003"], cluster.State.Destinations.Keys.Order());
        Assert.Equal(2, cluster.State.DestinationsState.AllDestinations.Count);
        Assert.Equal(2, cluster.State.DestinationsState.AvailableDestinations.Count);
    }

    [Fact]
    public async Task Cluster_GoesWithTheLastRouteThatRefersToIt()
    {
        await using var proxy = await Proxy.StartAsync(Cluster.Of(1001));
        proxy.Clusters.Get(Cluster.Web, proxy.Router.Current);
        Assert.Equal([Cluster.Web], proxy.Clusters.Services);

        proxy.Publish(Cluster.Of(1001) with { Ingresses = [] });

        Assert.Empty(proxy.Clusters.Services);
    }

    [Fact]
    public async Task RequestOfAnOldTable_IsServedWithoutBringingItsClusterBack()
    {
        await using var proxy = await Proxy.StartAsync(Cluster.Of(1001));
        var old = proxy.Router.Current;
        proxy.Publish(Cluster.Of(1001) with { Ingresses = [] });

        var cluster = proxy.Clusters.Get(Cluster.Web, old);

        Assert.Equal(["http://127.0.0.1:1001"], cluster.State.Destinations.Keys);
        Assert.Empty(proxy.Clusters.Services);
    }

    [Fact]
    public async Task RequestOfAnOldTable_DoesNotTurnItsClusterBack()
    {
        await using var proxy = await Proxy.StartAsync(Cluster.Of(1001));
        var old = proxy.Router.Current;
        proxy.Clusters.Get(Cluster.Web, old);
        proxy.Publish(Cluster.Of(1002));

        var cluster = proxy.Clusters.Get(Cluster.Web, old);

        Assert.Equal(["http://127.0.0.1:1002"], cluster.State.Destinations.Keys);
    }

    [Fact]
    public void RequestOfATableThatIsBeingPublished_IsNotSentByTheOneBefore()
    {
        // Listeners are told one after the other: this one comes first, so the clusters have not heard of the table when it looks.
        var router = new IngressRouter();
        ServiceClusters? clusters = null;
        IEnumerable<string>? seen = null;
        using var registration = router.OnPublished(table => seen = clusters!.Get(Cluster.Web, table).State.Destinations.Keys);
        using var services = BuildServices(router);
        clusters = services.GetRequiredService<ServiceClusters>();

        router.Publish(Compile(Cluster.Of(1001)));
        Assert.Equal(["http://127.0.0.1:1001"], seen);
        router.Publish(Compile(Cluster.Of(1002)));
        Assert.Equal(["http://127.0.0.1:1002"], seen);
    }

    [Fact]
    public async Task ChangedProtocol_IsSpokenFromTheNextRequestOn()
    {
        await using var http1 = await Backend.StartAsync(AnswerWithProtocol);
        await using var http2 = await Backend.StartAsync(AnswerWithProtocol, HttpProtocols.Http2);
        await using var proxy = await Proxy.StartAsync(Cluster.Of(http1.Port));
        Assert.Equal("HTTP/1.1", await proxy.Client.GetStringAsync("/"));

        proxy.Publish(Cluster.Of("kubernetes.io/h2c", http2.Port));
        Assert.Equal("HTTP/2", await proxy.Client.GetStringAsync("/"));

        proxy.Publish(Cluster.Of(http1.Port));
        Assert.Equal("HTTP/1.1", await proxy.Client.GetStringAsync("/"));
    }

    [Fact]
    public async Task ChangedProtocol_IsSpokenWithARequestThatItOvertakes()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var http1 = await Backend.StartAsync(AnswerWithProtocol);
        await using var http2 = await Backend.StartAsync(AnswerWithProtocol, HttpProtocols.Http2);
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(http1.Port),
            pipeline: app => app.Use(async (context, next) =>
            {
                // Behind the match, in front of the endpoint: the place of an authentication that takes its time.
                if (context.Request.Path == "/slow")
                {
                    arrived.SetResult();
                    await goOn.Task;
                }

                await next();
            }));
        var overtaken = proxy.Client.GetStringAsync("/slow");
        await arrived.Task.InTime();

        proxy.Publish(Cluster.Of("h2c", http2.Port));
        Assert.Equal("HTTP/2", await proxy.Client.GetStringAsync("/"));
        goOn.SetResult();

        Assert.Equal("HTTP/2", await overtaken.InTime());
    }

    [Fact]
    public async Task ChangeListenersOfYarp_AreTold()
    {
        var listener = new Listener();
        await using var proxy = await Proxy.StartAsync(
            Cluster.Of(1001), services: services => services.AddSingleton<IClusterChangeListener>(listener));

        proxy.Clusters.Get(Cluster.Web, proxy.Router.Current);
        proxy.Publish(Cluster.Of(1001, 1002));
        proxy.Publish(Cluster.Of(1001, 1002));
        proxy.Publish(Cluster.Of("h2c", 1001, 1002));
        proxy.Clusters.Get(Cluster.Web, proxy.Router.Current);
        proxy.Publish(ClusterSnapshot.Empty);

        Assert.Equal(
            [
                "added default/web:80 with 1", "changed default/web:80 with 2", "removed default/web:80 with 2",
                "added default/web:80 with 2", "removed default/web:80 with 2",
            ],
            listener.Events);
    }

    [Fact]
    public async Task ThousandsOfTables_UnderLoad_LoseNoRequest()
    {
        await using var a = await Backend.StartAsync("a");
        await using var b = await Backend.StartAsync("b");
        await using var proxy = await Proxy.StartAsync(Cluster.Of(a.Port, b.Port));
        using var stop = new CancellationTokenSource();
        var publishing = Task.Run(() =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                proxy.Publish(i % 3 == 0 ? Cluster.Of(a.Port) : i % 3 == 1 ? Cluster.Of(b.Port) : Cluster.Of(a.Port, b.Port));
            }
        });

        var failures = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 500), async (_, _) =>
        {
            using var response = await proxy.Client.GetAsync("/", CancellationToken.None);
            if (!response.IsSuccessStatusCode)
            {
                failures.Add($"{(int)response.StatusCode}");
            }
        });
        await stop.CancelAsync();
        await publishing.InTime();

        Assert.Empty(failures);
    }

    [Fact]
    public void Change_LooksAtTheServicesItTouchesOnly()
    {
        var asked = new List<string>();
        var router = new IngressRouter();
        using var services = BuildServices(router, new Targets(asked));
        var clusters = services.GetRequiredService<ServiceClusters>();
        router.Publish(Compile(new()
        {
            Ingresses = [.. s_names.Select(name => Some.Ingress(name, [Some.Rule($"{name}.test", Some.Prefix("/", name), Some.Prefix("/81", name, 81))]))],
            Services = [.. s_names.Select(name => Some.Service(name))],
            EndpointSlices = [.. s_names.Select((_, i) => Cluster.Slice(s_names[i], 1001 + i))],
        }));
        foreach (var name in s_names)
        {
            clusters.Get(ReferenceTo(name), router.Current);
        }

        clusters.Get(ReferenceTo("a", 81), router.Current);
        var kept = clusters.Get(ReferenceTo("c"), router.Current);

        Publish(new() { Upserted = [Cluster.Slice("a", 1001), Cluster.Slice("a", 2001)] });
        Assert.Equal(["a:80", "a:81"], asked.Order(StringComparer.Ordinal));
        Assert.Equal(["http://127.0.0.1:1001", "http://127.0.0.1:2001"],
            clusters.Get(ReferenceTo("a"), router.Current).State.Destinations.Keys.Order(StringComparer.Ordinal));

        Publish(new() { Removed = [new("Ingress", "default", "b")] });
        Assert.DoesNotContain(ReferenceTo("b"), clusters.Services);

        Publish(new() { Upserted = [Some.Ingress("a", [Some.Rule("a.test", Some.Prefix("/", "a"))])] });
        Assert.Contains(ReferenceTo("a"), clusters.Services);
        Assert.DoesNotContain(ReferenceTo("a", 81), clusters.Services);

        // A table that is not related to the one before: everything may be different.
        asked.Clear();
        router.Publish(Compile(router.Current.Snapshot));
        Assert.Equal(["a:80", "c:80"], asked.Order(StringComparer.Ordinal));
        Assert.Same(kept, clusters.Get(ReferenceTo("c"), router.Current));

        void Publish(ClusterChange change)
        {
            asked.Clear();
            router.Publish(router.Current.Apply(change));
            Assert.DoesNotContain("c:80", asked);
        }
    }

    [Property(MaxTest = 30)]
    public void AnyChanges_LeaveTheClustersThatPublishingAnewWould(int seed)
    {
        var random = new Random(seed);
        var router = new IngressRouter();
        using var services = BuildServices(router);
        var clusters = services.GetRequiredService<ServiceClusters>();
        router.Publish(Compile(ClusterSnapshot.Empty));
        for (var i = 0; i < 30; i++)
        {
            router.Publish(router.Current.Apply(RandomChange(random)));
            var referenced = router.Current.Routes.Select(route => route.Service).OfType<ServiceReference>().Distinct().ToList();
            Assert.Subset(referenced.ToHashSet(), clusters.Services.ToHashSet());
            foreach (var service in clusters.Services)
            {
                Assert.Equal(
                    router.Current.GetDestinations(service).Ready.Select(static endpoint => $"http://{endpoint}"),
                    clusters.Get(service, router.Current).State.Destinations.Keys.Order(StringComparer.Ordinal));
            }

            referenced.ForEach(service => clusters.Get(service, router.Current));
        }
    }

    private static ServiceReference ReferenceTo(string service, int port = 80) => new(new(null, service), new() { Number = port });

    private static ClusterChange RandomChange(Random random)
    {
        KubernetesResource[] objects =
        [
            .. s_names.Select(name => Some.Ingress(name, [Some.Rule("h.test", Some.Prefix("/" + name, s_names[random.Next(3)], 80 + random.Next(2)))])),
            .. s_names.Select(name => Some.Service(name, 80 + random.Next(2))),
            .. s_names.Select(name => Cluster.Slice(name, 1001 + random.Next(3))),
        ];
        var upserted = random.GetItems(objects, 3).Distinct().ToList();
        return new() { Upserted = upserted, Removed = [.. random.GetItems(objects, 2).Select(static item => item.Reference)] };
    }

    private static Task AnswerWithProtocol(HttpContext context) => context.Response.WriteAsync(context.Request.Protocol);

    private static IngressRouteTable Compile(ClusterSnapshot snapshot)
        => IngressRouteTable.Compile(snapshot, new() { AllowLoopbackDestinations = true });

    private static ServiceProvider BuildServices(IngressRouter router, IServiceTargetProvider? targets = null)
    {
        var services = new ServiceCollection();
        if (targets is not null)
        {
            services.AddSingleton(targets);
        }

        services.AddLogging();
        services.AddSingleton(router);
        services.AddIngressRouting().AddForwarding();
        return services.BuildServiceProvider();
    }

    /// <summary>Notes what it is asked.</summary>
    private sealed class Targets(List<string> asked) : IServiceTargetProvider
    {
        public ServiceTarget? FindTarget(ServiceDestinations destinations)
        {
            asked.Add($"{destinations.Service.Name.Name}:{destinations.Service.Port}");
            return null;
        }
    }

    private sealed class Listener : IClusterChangeListener
    {
        private readonly ConcurrentQueue<string> _events = new();

        public IEnumerable<string> Events => _events;

        public void OnClusterAdded(ClusterState cluster) => Add("added", cluster);

        public void OnClusterChanged(ClusterState cluster) => Add("changed", cluster);

        public void OnClusterRemoved(ClusterState cluster) => Add("removed", cluster);

        private void Add(string what, ClusterState cluster)
            => _events.Enqueue($"{what} {cluster.ClusterId} with {cluster.DestinationsState.AllDestinations.Count}");
    }
}

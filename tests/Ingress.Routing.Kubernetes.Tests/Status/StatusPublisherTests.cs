using Ingress.Routing.Kubernetes.Leases;
using Ingress.Routing.Kubernetes.Requests;
using Ingress.Routing.Kubernetes.Status;
using Ingress.Routing.Kubernetes.Tests.Writing;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ingress.Routing.Kubernetes.Tests.Status;

public sealed class StatusPublisherTests
{
    private readonly WrittenCluster _cluster = new();
    private readonly PublishedAddresses _addresses = new(StatusRulesTests.Set("203.0.113.7"));

    [Fact]
    public async Task RunAsync_ServedIngress_HasTheAddressesAfterOneWrite()
    {
        _cluster.Put(Some.Class("ours"), Ingress("shop/web"));
        await using var running = Run();

        await _cluster.Until(() => _cluster.StatusOf("shop/web") == "203.0.113.7", "the status is written");
        await _cluster.Pass(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1));

        var (_, _, path, body) = Assert.Single(_cluster.Requests);
        Assert.Equal("apis/networking.k8s.io/v1/namespaces/shop/ingresses/web/status?fieldManager=ingress-gateway", path);
        Assert.Equal("""{"loadBalancer":{"ingress":[{"ip":"203.0.113.7"}]}}""", body!["status"]!.ToJsonString());
        Assert.NotNull((string?)body["metadata"]!["resourceVersion"]);
    }

    [Fact]
    public async Task RunAsync_RejectedAndForeign_GetNone()
    {
        _cluster.Put(
            Some.Class("ours"),
            Some.Class("theirs", controller: "other.test/x"),
            Ingress("shop/foreign") with { IngressClassName = "theirs" },
            Ingress("shop/unknown") with { IngressClassName = "nobody" },
            Ingress("shop/invalid") with { Rules = [Some.Rule("not a host", Some.Prefix("/"))] },
            Ingress("shop/web"));
        await using var running = Run();

        await _cluster.Until(() => _cluster.StatusOf("shop/web") == "203.0.113.7", "the status is written");
        await _cluster.Pass(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1));

        Assert.Single(_cluster.Requests);
    }

    [Fact]
    public async Task RunAsync_IngressesComeAndChange_EachIsWrittenOnce()
    {
        _cluster.Put(Some.Class("ours"), Ingress("shop/web"));
        await using var running = Run();
        await _cluster.Until(() => _cluster.StatusOf("shop/web") == "203.0.113.7", "the first is written");

        _cluster.Put([.. Enumerable.Range(0, 200).Select(static i => Ingress($"shop/i{i}"))]);
        await _cluster.Until(
            () => Enumerable.Range(0, 200).All(i => _cluster.StatusOf($"shop/i{i}") == "203.0.113.7"), "all are written", TimeSpan.FromMilliseconds(10));
        _cluster.Put(_cluster.Get("shop/web") with { Rules = [Some.Rule("other.example.test", Some.Prefix("/"))] });
        await _cluster.Pass(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1));

        Assert.Equal(201, _cluster.Patches);
        var times = _cluster.Requests.Select(static request => request.At).ToList();
        for (var i = 0; i + 20 < times.Count; i++)
        {
            Assert.True(times[i + 20] - times[i] >= TimeSpan.FromMilliseconds(980), "more than 20 a second");
        }
    }

    [Fact]
    public async Task RunAsync_WatchIsLate_WritesOnceAllTheSame()
    {
        _cluster.Put(Some.Class("ours"), Ingress("shop/web"));
        _cluster.IsWatchSilent = true;
        await using var running = Run();

        await _cluster.Until(() => _cluster.StatusOf("shop/web") == "203.0.113.7", "the status is written");
        await _cluster.Pass(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1));
        _cluster.Watch();
        await _cluster.Pass(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1));

        Assert.Equal(1, _cluster.Patches);
    }

    [Fact]
    public async Task RunAsync_ObjectIsNewerThanTheWatchKnows_WritesToTheNewer()
    {
        _cluster.Put(Some.Class("ours"), Ingress("shop/web"));
        _cluster.IsWatchSilent = true;
        _cluster.Put(_cluster.Get("shop/web") with { Rules = [Some.Rule("new.example.test", Some.Prefix("/"))] });
        await using var running = Run();

        await _cluster.Until(() => _cluster.Patches == 1, "the first is refused: 409");
        Assert.Equal("", _cluster.StatusOf("shop/web"));
        _cluster.Watch();
        await _cluster.Until(() => _cluster.StatusOf("shop/web") == "203.0.113.7", "the second is written");

        Assert.Equal("new.example.test", _cluster.Get("shop/web").Rules[0].Host);
        Assert.Equal(2, _cluster.Patches);
    }

    [Fact]
    public async Task RunAsync_SomebodyElseWritesToo_OnceAMinute()
    {
        _cluster.Put(Some.Class("ours"), Ingress("shop/web"));
        await using var running = Run();
        await _cluster.Until(() => _cluster.StatusOf("shop/web") == "203.0.113.7", "the status is written");

        for (var i = 0; i < 10; i++)
        {
            _cluster.Put(_cluster.Get("shop/web") with { Status = new() { LoadBalancer = [new() { Ip = "198.51.100.1" }] } });
            await _cluster.Until(() => _cluster.StatusOf("shop/web") == "203.0.113.7", "it is written again", TimeSpan.FromSeconds(1));
        }

        var times = _cluster.Requests.Select(static request => request.At).ToList();
        Assert.All(times.Zip(times.Skip(1)), static pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(59), $"{pair}"));
    }

    [Fact]
    public async Task RunAsync_AddressesChange_AllAreWritten()
    {
        _cluster.Put(Some.Class("ours"), Ingress("shop/a"), Ingress("shop/b"));
        await using var running = Run();
        await _cluster.Until(() => _cluster.StatusOf("shop/b") == "203.0.113.7" && _cluster.StatusOf("shop/a") == "203.0.113.7", "both are written");

        _addresses.Set(StatusRulesTests.Set("203.0.113.8", "lb.example.test"));

        await _cluster.Until(
            () => _cluster.StatusOf("shop/a") == "203.0.113.8, lb.example.test" && _cluster.StatusOf("shop/b") == "203.0.113.8, lb.example.test", "both follow");
        Assert.Equal(4, _cluster.Patches);
    }

    [Fact]
    public async Task RunAsync_ClassChangesToAnotherController_OursAreTakenOut()
    {
        _cluster.Put(Some.Class("ours"), Some.Class("theirs", controller: "other.test/x"), Ingress("shop/web"));
        await using var running = Run();
        await _cluster.Until(() => _cluster.StatusOf("shop/web") == "203.0.113.7", "the status is written");

        _cluster.Put(_cluster.Get("shop/web") with { IngressClassName = "theirs" });

        await _cluster.Until(() => _cluster.StatusOf("shop/web").Length == 0, "ours are taken out");
        await _cluster.Pass(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1));
        Assert.Equal(2, _cluster.Patches);
    }

    [Fact]
    public async Task RunAsync_IngressBecomesInvalidOrGoes_NothingIsEmptied()
    {
        _cluster.Put(Some.Class("ours"), Ingress("shop/web"), Ingress("shop/gone"));
        await using var running = Run();
        await _cluster.Until(() => _cluster.Patches == 2, "both are written");

        _cluster.Put(_cluster.Get("shop/web") with { Rules = [Some.Rule("not a host", Some.Prefix("/"))] });
        _cluster.Delete(Ingress("shop/gone").Reference);
        await _cluster.Pass(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1));

        Assert.Equal(2, _cluster.Patches);
        Assert.Equal("203.0.113.7", _cluster.StatusOf("shop/web"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(403)]
    public async Task RunAsync_ServerCannot_TriesFewTimesAndThenWrites(int status)
    {
        _cluster.Put(Some.Class("ours"), Ingress("shop/a"), Ingress("shop/b"));
        _cluster.Fault = (_, _) => new(status, RetryAfter: TimeSpan.FromSeconds(1), Problem: "no");
        await using var running = Run();

        await _cluster.Pass(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1));
        Assert.InRange(_cluster.Patches, 10, 60);
        _cluster.Fault = null;

        await _cluster.Until(() => _cluster.StatusOf("shop/a") == "203.0.113.7" && _cluster.StatusOf("shop/b") == "203.0.113.7", "both are written", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task RunAsync_ServerRefusesOne_WritesTheOthersAndDoesNotTryAgain()
    {
        _cluster.Put(Some.Class("ours"), Ingress("shop/a"), Ingress("shop/b"));
        _cluster.Fault = (_, path) => path.Contains("/a/", StringComparison.Ordinal) ? new(422, Problem: "invalid") : null;
        await using var running = Run();

        await _cluster.Until(() => _cluster.StatusOf("shop/b") == "203.0.113.7", "the other is written");
        await _cluster.Pass(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1));

        Assert.Equal(2, _cluster.Patches);
    }

    [Fact]
    public async Task RunAsync_TermEnds_StopsAtOnce()
    {
        _cluster.Put([Some.Class("ours"), .. Enumerable.Range(0, 100).Select(static i => Ingress($"shop/i{i}"))]);
        var running = Run();
        await _cluster.Until(() => _cluster.Patches >= 5, "some are written");

        running.Term.End();
        await running.DisposeAsync();
        var written = _cluster.Patches;
        await _cluster.Pass(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1));

        Assert.Equal(written, _cluster.Patches);
        Assert.InRange(written, 5, 60);
    }

    /// <summary>What external-dns does: it reads the status of each Ingress again and again, and deletes the records of one that is empty.</summary>
    [Fact]
    public async Task RunAsync_LeadersAddressesAndServersCome_NoStatusIsEverEmptied()
    {
        _cluster.Put(Some.Class("ours"), Ingress("shop/web"));
        var first = Run();
        await _cluster.Until(() => _cluster.StatusOf("shop/web").Length > 0, "the status is written");
        var emptied = 0;
        using var externalDns = _cluster.Router.OnPublished(table => emptied += table.Snapshot.Ingresses.Count(static ingress => AddressSet.Of(ingress).IsEmpty));

        await first.DisposeAsync(); // SIGTERM of the leader
        _addresses.Set(AddressSet.None); // the load balancer is made anew
        await using var second = Run();
        _cluster.Fault = (_, _) => new(500);
        _addresses.Set(StatusRulesTests.Set("203.0.113.9"));
        await _cluster.Pass(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1));
        _cluster.Fault = null;
        await _cluster.Until(() => _cluster.StatusOf("shop/web") == "203.0.113.9", "the new address is written", TimeSpan.FromSeconds(1));

        Assert.Equal(0, emptied);
    }

    private static IngressResource Ingress(string name)
        => Some.Ingress(name, [Some.Rule($"{name.Split('/')[1]}.example.test", Some.Prefix("/"))], className: "ours");

    private Running Run()
    {
        var term = _cluster.Lead();
        return new(term, new StatusPublisher(_cluster.Router, _cluster, _addresses, term, new WriteMetrics(), _cluster.Time, NullLogger.Instance).RunAsync());
    }

    private sealed class Running(Leadership term, Task task) : IAsyncDisposable
    {
        public Leadership Term => term;

        public async ValueTask DisposeAsync()
        {
            term.End();
            await task.WaitAsync(TimeSpan.FromSeconds(30)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

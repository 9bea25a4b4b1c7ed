using System.Text;
using System.Text.Json.Nodes;
using Ingress.Routing.Kubernetes.Events;
using Ingress.Routing.Kubernetes.Leases;
using Ingress.Routing.Kubernetes.Requests;
using Ingress.Routing.Kubernetes.Tests.Writing;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ingress.Routing.Kubernetes.Tests.Events;

public sealed class EventPublisherTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly WrittenCluster _cluster = new();

    [Fact]
    public async Task RunAsync_Conflict_IsToldOnceWithAllThatTheServerRequires()
    {
        Claim("shop/first", "shop/second");
        await using var running = Run();

        await _cluster.Until(() => _cluster.Events.Count == 1, "the conflict is told", s_second);
        await _cluster.Pass(TimeSpan.FromMinutes(20), s_second);

        var found = Assert.Single(_cluster.Events);
        Assert.Single(_cluster.Requests);
        Assert.Equal(
            ("events.k8s.io/v1", "Event", "Warning", "Conflict", "Route", "example.com/ingress", "pod_1"),
            (Text(found, "apiVersion"), Text(found, "kind"), Text(found, "type"), Text(found, "reason"), Text(found, "action"), Text(found, "reportingController"), Text(found, "reportingInstance")));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", Text(found, "eventTime"));
        var regarding = (JsonObject)found["regarding"]!;
        Assert.Equal(("Ingress", "shop", "second"), (Text(regarding, "kind"), Text(regarding, "namespace"), Text(regarding, "name")));
        Assert.Equal(_cluster.Get("shop/second").Metadata.Uid, Text(regarding, "uid"));
        Assert.StartsWith("spec.rules[0].http.paths[0]", Text(found, "note"), StringComparison.Ordinal);
        Assert.Contains("shop/first", Text(found, "note"), StringComparison.Ordinal);
        Assert.Equal("shop", Text((JsonObject)found["metadata"]!, "namespace"));
    }

    [Fact]
    public async Task RunAsync_StillSo_IsASeriesEachHalfHour()
    {
        Claim("shop/first", "shop/second");
        await using var running = Run();

        await _cluster.Pass(TimeSpan.FromMinutes(95), TimeSpan.FromSeconds(5));

        var found = Assert.Single(_cluster.Events);
        Assert.Equal(4, (int)found["series"]!["count"]!);
        Assert.Equal(["POST", "PATCH", "PATCH", "PATCH"], _cluster.Requests.Select(static request => request.Method.Method));
    }

    [Fact]
    public async Task RunAsync_EventHasExpired_IsToldAnew()
    {
        Claim("shop/first", "shop/second");
        await using var running = Run();
        await _cluster.Until(() => _cluster.Events.Count == 1, "the conflict is told", s_second);
        _cluster.ForgetEvents();

        await _cluster.Pass(TimeSpan.FromMinutes(31), s_second);

        Assert.Single(_cluster.Events);
        Assert.Equal(["POST", "PATCH", "POST"], _cluster.Requests.Select(static request => request.Method.Method));
    }

    [Fact]
    public async Task RunAsync_NewLeader_DoesNotTellAgain()
    {
        Claim("shop/first", "shop/second");
        await using (Run())
        {
            await _cluster.Until(() => _cluster.Events.Count == 1, "the conflict is told", s_second);
        }

        await using var second = Run();
        await _cluster.Pass(TimeSpan.FromMinutes(5), s_second);

        Assert.Single(_cluster.Events);
        Assert.Equal(2, _cluster.Requests.Count);
    }

    [Fact]
    public async Task RunAsync_ServiceIsMissing_IsToldAfterHalfAMinute()
    {
        _cluster.Put(Some.Class("ours"), Ingress("shop/web"));
        await using var running = Run();

        await _cluster.Pass(TimeSpan.FromSeconds(29), s_second);
        Assert.Empty(_cluster.Requests);
        await _cluster.Pass(TimeSpan.FromSeconds(5), s_second);

        Assert.Equal("Unresolved", Text(Assert.Single(_cluster.Events), "reason"));
    }

    [Fact]
    public async Task RunAsync_ServiceComesInTime_IsNotTold()
    {
        _cluster.Put(Some.Class("ours"), Ingress("shop/web"));
        await using var running = Run();

        await _cluster.Pass(TimeSpan.FromSeconds(20), s_second);
        _cluster.Put(Some.Service("shop/web"));
        await _cluster.Pass(TimeSpan.FromMinutes(5), s_second);

        Assert.Empty(_cluster.Requests);
    }

    [Fact]
    public async Task RunAsync_MissingNowAndThen_IsToldOnce()
    {
        _cluster.Put(Some.Class("ours"), Ingress("shop/web"));
        await using var running = Run();
        for (var i = 0; i < 5; i++)
        {
            await _cluster.Pass(TimeSpan.FromSeconds(60), s_second);
            _cluster.Put(Some.Service("shop/web"));
            await _cluster.Pass(TimeSpan.FromSeconds(60), s_second);
            _cluster.Delete(Some.Service("shop/web").Reference);
        }

        Assert.Single(_cluster.Requests);
    }

    [Fact]
    public async Task RunAsync_Invalid_IsRejectedWithItsField()
    {
        _cluster.Put(Some.Class("ours"), Ingress("shop/web") with { Rules = [Some.Rule("not a host", Some.Prefix("/"))] });
        await using var running = Run();

        await _cluster.Until(() => _cluster.Events.Count == 1, "it is told", s_second);

        var found = Assert.Single(_cluster.Events);
        Assert.Equal("Rejected", Text(found, "reason"));
        Assert.StartsWith("spec.rules[0].host", Text(found, "note"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_IngressesOfOthers_AreLeftToThem()
    {
        _cluster.Put(
            Some.Class("ours"),
            Some.Class("theirs", controller: "other.test/x"),
            Ingress("shop/a") with { IngressClassName = "theirs" },
            Ingress("shop/b") with { IngressClassName = "nobody" },
            Ingress("shop/c") with { IngressClassName = null });
        await using var running = Run();

        await _cluster.Pass(TimeSpan.FromMinutes(5), s_second);

        Assert.Empty(_cluster.Requests);
    }

    [Fact]
    public async Task RunAsync_ManyCauses_AreToldOneASecond()
    {
        Claim(["shop/first", .. Enumerable.Range(0, 30).Select(static i => $"shop/i{i}")]);
        await using var running = Run();

        await _cluster.Until(() => _cluster.Events.Count == 30, "all are told", TimeSpan.FromMilliseconds(100));

        var times = _cluster.Requests.Select(static request => request.At).ToList();
        Assert.All(times.Zip(times.Skip(1)), static pair => Assert.True(pair.Second - pair.First >= s_second));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task RunAsync_ServerCannot_TriesEachHalfMinute(int status)
    {
        Claim("shop/first", "shop/second");
        _cluster.Fault = (_, _) => new(status, Problem: "no");
        await using var running = Run();

        await _cluster.Pass(TimeSpan.FromMinutes(10), s_second);
        Assert.InRange(_cluster.Requests.Count, 10, 21);
        _cluster.Fault = null;

        await _cluster.Until(() => _cluster.Events.Count == 1, "it is told", s_second);
    }

    [Fact]
    public void Shorten_LongNote_FitsInBytesAndKeepsCharactersWhole()
    {
        Assert.Equal("short", EventBody.Shorten("short"));
        foreach (var note in new[] { new string('x', 2000), string.Concat(Enumerable.Repeat("ä€😀", 300)) })
        {
            var shortened = EventBody.Shorten(note);
            Assert.InRange(Encoding.UTF8.GetByteCount(shortened), 1020, 1024);
            Assert.EndsWith("…", shortened, StringComparison.Ordinal);
            Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(shortened)));
        }
    }

    [Fact]
    public void NameOf_LongestIngressName_IsAName()
    {
        var name = EventBody.NameOf(new(new("shop", new string('a', 236) + "." + new string('b', 16)), "uid", EventReason.Conflict, "note"));

        Assert.InRange(name.Length, 1, 253);
        Assert.Matches("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", name);
    }

    private static string Text(JsonObject value, string name) => (string)value[name]!;

    private static IngressResource Ingress(string name)
        => Some.Ingress(name, [Some.Rule($"{name.Split('/')[1]}.example.test", Some.Prefix("/"))], className: "ours");

    // The first of them owns what all of them claim.
    private void Claim(params string[] names) => _cluster.Put(
    [
        Some.Class("ours"),
        Some.Service("shop/web"),
        .. names.Select(static (name, i) => Some.Ingress(name, [Some.Rule("shop.example.test", Some.Prefix("/"))], className: "ours", ageSeconds: i)),
    ]);

    private Running Run()
    {
        var term = _cluster.Lead();
        return new(
            term,
            new EventPublisher(_cluster.Router, _cluster, "example.com/ingress", "pod_1", new WriteMetrics(), _cluster.Time, NullLogger.Instance).RunAsync(term));
    }

    private sealed class Running(Leadership term, Task task) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            term.End();
            await task.WaitAsync(TimeSpan.FromSeconds(30)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Ingress.Routing.Kubernetes.Leases;
using Ingress.Routing.Kubernetes.Requests;
using Ingress.Routing.Model;
using Microsoft.Extensions.Time.Testing;

namespace Ingress.Routing.Kubernetes.Tests.Writing;

/// <summary>A cluster that is written to: Ingresses with versions, events, and the table that a watch makes of them.</summary>
internal sealed class WrittenCluster : IApiRequests
{
    private readonly Lock _lock = new();
    private readonly Dictionary<NamespacedName, IngressResource> _ingresses = [];
    private readonly Dictionary<string, JsonObject> _events = [];
    private readonly List<KubernetesResource> _unseen = [];
    private readonly List<ResourceReference> _unseenRemovals = [];
    private int _version = 1000;
    private IngressRouteTable? _table;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 28, 5, 0, 0, TimeSpan.Zero));

    public IngressRouter Router { get; } = new();

    public RouteTableOptions Options { get; init; } = new() { ControllerName = "example.com/ingress" };

    /// <summary>Whether the watch has stopped telling what changes.</summary>
    public bool IsWatchSilent { get; set; }

    /// <summary>What a request is answered with, instead of being carried out.</summary>
    public Func<HttpMethod, string, ApiAnswer?>? Fault { get; set; }

    /// <summary>The requests that were sent, with when.</summary>
    public ConcurrentQueue<(DateTimeOffset At, HttpMethod Method, string Path, JsonObject? Body)> Requests { get; } = new();

    public IReadOnlyList<JsonObject> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events.Values];
            }
        }
    }

    public int Patches => Requests.Count(static request => request.Method == HttpMethod.Patch);

    /// <summary>A term that does not end by itself.</summary>
    public Leadership Lead() => new(Time, Time.GetTimestamp(), TimeSpan.FromDays(30));

    /// <summary>Stores objects as their authors do, and puts them in force.</summary>
    public void Put(params KubernetesResource[] resources)
    {
        lock (_lock)
        {
            foreach (var resource in resources)
            {
                _unseen.Add(resource is IngressResource ingress ? Store(ingress, isWhole: true) : resource);
            }

            Tell();
        }
    }

    public void Delete(params ResourceReference[] resources)
    {
        lock (_lock)
        {
            foreach (var resource in resources)
            {
                _ingresses.Remove(new(resource.Namespace, resource.Name));
                _unseen.RemoveAll(item => item.Reference == resource);
            }

            _unseenRemovals.AddRange(resources);
            Tell();
        }
    }

    /// <summary>The watch catches up.</summary>
    public void Watch()
    {
        lock (_lock)
        {
            IsWatchSilent = false;
            Tell();
        }
    }

    public IngressResource Get(string name)
    {
        lock (_lock)
        {
            return _ingresses[Name(name)];
        }
    }

    public string StatusOf(string name) => Kubernetes.Status.AddressSet.Of(Get(name)).ToString();

    /// <summary>Lets time pass until something holds.</summary>
    public async Task Until(Func<bool> condition, string what, TimeSpan? step = null)
    {
        for (var i = 0; !condition(); i++)
        {
            Assert.True(i < 20_000, $"In vain: {what}. Sent: {string.Join(", ", Requests.TakeLast(5).Select(static request => $"{request.Method} {request.Path} {request.Body}"))}");
            Time.Advance(step ?? TimeSpan.FromMilliseconds(50));
            await Task.Delay(1);
        }
    }

    /// <summary>Lets time pass.</summary>
    public async Task Pass(TimeSpan time, TimeSpan? step = null)
    {
        var end = Time.GetUtcNow() + time;
        await Until(() => Time.GetUtcNow() >= end, "time passes", step);
        await Task.Delay(20); // what is due has a moment to be done
    }

    public Task<ApiAnswer> SendAsync(HttpMethod method, string path, ApiBody? body, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var sent = body is null ? null : (JsonObject)JsonNode.Parse(body.Json)!;
        Requests.Enqueue((Time.GetUtcNow(), method, path, sent));
        lock (_lock)
        {
            return Task.FromResult(Fault?.Invoke(method, path) ?? (path.Contains("/events", StringComparison.Ordinal) ? AnswerEvent(method, path, sent!) : Patch(path, sent!)));
        }
    }

    private static NamespacedName Name(string name) => new(name.Split('/')[0], name.Split('/')[1]);

    private ApiAnswer Patch(string path, JsonObject sent)
    {
        var parts = path.Split('/', '?');
        Assert.Equal(("ingresses", "status"), (parts[5], parts[7]));
        if (!_ingresses.TryGetValue(new(parts[4], parts[6]), out var ingress))
        {
            return new(404);
        }

        if ((string?)sent["metadata"]?["resourceVersion"] is { } version && version != ingress.Metadata.ResourceVersion)
        {
            return new(409);
        }

        var entries = sent["status"]!["loadBalancer"]!["ingress"] as JsonArray ?? [];
        var next = ingress with
        {
            Status = new() { LoadBalancer = [.. entries.Select(static entry => new LoadBalancerIngress { Ip = (string?)entry!["ip"], Hostname = (string?)entry["hostname"] })] },
        };
        if (Kubernetes.Status.AddressSet.Of(next).Equals(Kubernetes.Status.AddressSet.Of(ingress)))
        {
            return Answer(ingress);
        }

        next = Store(next, isWhole: false);
        _unseen.Add(next);
        Tell();
        return Answer(next);
    }

    private ApiAnswer AnswerEvent(HttpMethod method, string path, JsonObject sent)
    {
        var name = method == HttpMethod.Post ? (string)sent["metadata"]!["name"]! : path.Split('/', '?')[6];
        if (method == HttpMethod.Post)
        {
            return _events.TryAdd(name, sent) ? new(201, sent) : new(409);
        }

        if (!_events.TryGetValue(name, out var stored))
        {
            return new(404);
        }

        stored["series"] = sent["series"]!.DeepClone();
        return new(200, stored);
    }

    public void ForgetEvents()
    {
        lock (_lock)
        {
            _events.Clear();
        }
    }

    private static ApiAnswer Answer(IngressResource ingress)
        => new(200, new() { ["metadata"] = new JsonObject { ["resourceVersion"] = ingress.Metadata.ResourceVersion } });

    private IngressResource Store(IngressResource ingress, bool isWhole)
    {
        var known = _ingresses.GetValueOrDefault(ingress.Name);
        var next = ingress with
        {
            Metadata = ingress.Metadata with
            {
                Generation = (known?.Metadata.Generation ?? 0) + (isWhole ? 1 : 0),
                Uid = ingress.Metadata.Uid ?? known?.Metadata.Uid ?? $"uid-{++_version}",
                ResourceVersion = (++_version).ToString(CultureInfo.InvariantCulture),
            },
        };
        _ingresses[ingress.Name] = next;
        return next;
    }

    private void Tell()
    {
        if (IsWatchSilent)
        {
            return;
        }

        var last = _unseen.GroupBy(static item => item.Reference).Select(static group => group.Last()).ToList();
        var change = new ClusterChange { Upserted = last, Removed = [.. _unseenRemovals.Except(last.Select(static item => item.Reference))] };
        _unseen.Clear();
        _unseenRemovals.Clear();
        _table = _table is null
            ? IngressRouteTable.Compile(ClusterSnapshot.Empty.Apply(change), Options)
            : _table.Apply(change);
        Router.Publish(_table);
    }
}

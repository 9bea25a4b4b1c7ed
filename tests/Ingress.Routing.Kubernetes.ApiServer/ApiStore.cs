using System.Globalization;
using System.Text.Json.Nodes;

namespace Ingress.Routing.Kubernetes.ApiServer;

/// <summary>All objects with one counter of versions, and what happened since the history began. Thread-safe.</summary>
internal sealed class ApiStore(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ApiResource, SortedDictionary<string, StoredObject>> _objects = [];
    private readonly List<StoredEvent> _history = [];
    private readonly Dictionary<long, Dictionary<ApiResource, StoredObject[]>> _snapshots = [];
    private long _version = 200;
    private long _forgotten;

    /// <summary>Told after each event.</summary>
    public event Action<StoredEvent>? Happened;

    public long Version
    {
        get
        {
            lock (_gate)
            {
                return _version;
            }
        }
    }

    public StoredObject? Find(ApiResource resource, string? ns, string name)
    {
        lock (_gate)
        {
            return Of(resource).GetValueOrDefault(ns is null ? name : $"{ns}/{name}");
        }
    }

    public StoredObject[] All(ApiResource resource, out long version)
    {
        lock (_gate)
        {
            version = _version;
            return [.. Of(resource).Values];
        }
    }

    /// <summary>The objects of a page after the first, at the version of the first; null when it is no longer known.</summary>
    public StoredObject[]? AllAt(ApiResource resource, long version)
    {
        lock (_gate)
        {
            return _snapshots.GetValueOrDefault(version)?.GetValueOrDefault(resource);
        }
    }

    public void KeepFor(ApiResource resource, long version, StoredObject[] objects)
    {
        lock (_gate)
        {
            if (!_snapshots.TryGetValue(version, out var kept))
            {
                _snapshots[version] = kept = [];
            }

            kept[resource] = objects;
        }
    }

    /// <summary>Stores an object under the next version.</summary>
    /// <param name="change">Makes the object of the one before; returns null to leave it, and throws to refuse.</param>
    public StoredObject Write(ApiResource resource, string? ns, string name, Func<StoredObject?, JsonObject?> change)
    {
        StoredEvent happened;
        lock (_gate)
        {
            var objects = Of(resource);
            var key = ns is null ? name : $"{ns}/{name}";
            var before = objects.GetValueOrDefault(key);
            if (change(before) is not { } json)
            {
                return before!;
            }

            var version = ++_version;
            json["metadata"]!["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
            var after = new StoredObject(ns, name, version, ObjectShape.Ordered(json));
            objects[key] = after;
            happened = new(resource, version, before is null ? "ADDED" : "MODIFIED", after, before);
            _history.Add(happened);
            Happened?.Invoke(happened);
        }

        return happened.Object;
    }

    public StoredObject Delete(ApiResource resource, string? ns, string name)
    {
        lock (_gate)
        {
            var key = ns is null ? name : $"{ns}/{name}";
            if (!Of(resource).Remove(key, out var before))
            {
                throw ApiException.NotFound(resource, name);
            }

            var version = ++_version;
            var json = (JsonObject)before.Json.DeepClone();
            json["metadata"]!["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
            var last = new StoredObject(ns, name, version, json);
            var happened = new StoredEvent(resource, version, "DELETED", last, before);
            _history.Add(happened);
            Happened?.Invoke(happened);
            return last;
        }
    }

    /// <summary>What happened after a version, and whoever listens from then on, without a gap between the two.</summary>
    /// <exception cref="ApiException">The history no longer reaches back.</exception>
    public StoredEvent[] Since(ApiResource resource, long version, Action<StoredEvent> listener)
    {
        lock (_gate)
        {
            if (version < _forgotten)
            {
                throw ApiException.Expired($"too old resource version: {version} ({_version})");
            }

            Happened += listener;
            return [.. _history.Where(one => one.Resource == resource && one.Version > version)];
        }
    }

    public void Unlisten(Action<StoredEvent> listener)
    {
        lock (_gate)
        {
            Happened -= listener;
        }
    }

    /// <summary>Drops the history, and the pages of lists that were begun.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _history.Clear();
            _snapshots.Clear();
            _forgotten = ++_version;
        }
    }

    /// <summary>Moves the version on with nothing happening, as other kinds do.</summary>
    public void Skip(int versions)
    {
        lock (_gate)
        {
            _version += versions;
        }
    }

    public ApiBackup Backup()
    {
        lock (_gate)
        {
            return new(_version, _objects.ToDictionary(static pair => pair.Key, static pair => pair.Value.Values.ToArray()));
        }
    }

    public void Restore(ApiBackup backup)
    {
        lock (_gate)
        {
            _objects.Clear();
            _history.Clear();
            _snapshots.Clear();
            foreach (var (resource, objects) in backup.Objects)
            {
                foreach (var one in objects)
                {
                    Of(resource)[one.Key] = one;
                }
            }

            _version = backup.Version;
            _forgotten = backup.Version;
        }
    }

    public DateTimeOffset Now => time.GetUtcNow();

    private SortedDictionary<string, StoredObject> Of(ApiResource resource)
    {
        if (!_objects.TryGetValue(resource, out var objects))
        {
            _objects[resource] = objects = new(StringComparer.Ordinal);
        }

        return objects;
    }
}

/// <summary>One event of the history.</summary>
internal sealed record StoredEvent(ApiResource Resource, long Version, string Type, StoredObject Object, StoredObject? Before);

using Ingress.Routing.Kubernetes.Reading;
using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>The objects of one scope as last seen. Guarded by the lock of <see cref="ClusterState"/>.</summary>
internal sealed class ObjectStore(WatchScope scope)
{
    private readonly Dictionary<NamespacedName, string> _deleted = [];
    private Dictionary<NamespacedName, KubernetesResource> _objects = [];

    // Everything up to this version is in the list already.
    private string? _floor;

    public WatchScope Scope { get; } = scope;

    public IReadOnlyDictionary<NamespacedName, KubernetesResource> Objects => _objects;

    /// <summary>Takes a complete list: what is equal stays the same instance, what is absent is gone (K3).</summary>
    /// <param name="listed">The list, which is kept.</param>
    /// <param name="version">Its version.</param>
    /// <param name="changed">Takes each object that is new or another.</param>
    /// <param name="removed">Takes each object that is gone.</param>
    public void Replace(
        Dictionary<NamespacedName, KubernetesResource> listed, string version, Action<KubernetesResource> changed, Action<KubernetesResource> removed)
    {
        foreach (var (name, before) in _objects)
        {
            if (!listed.TryGetValue(name, out var after))
            {
                removed(before);
            }
            else if (before.Metadata.Uid == after.Metadata.Uid && before.Metadata.ResourceVersion == after.Metadata.ResourceVersion && after.Metadata.ResourceVersion is not null)
            {
                listed[name] = before;
            }
            else
            {
                changed(after);
            }
        }

        foreach (var (name, after) in listed)
        {
            if (!_objects.ContainsKey(name))
            {
                changed(after);
            }
        }

        _objects = listed;
        _floor = version;
        _deleted.Clear();
    }

    /// <summary>Takes an object that an event brings.</summary>
    /// <returns>Whether it is news: an event may come twice, late, or out of order (K6).</returns>
    public bool Put(KubernetesResource resource)
    {
        var version = resource.Metadata.ResourceVersion;
        if (_objects.TryGetValue(resource.Name, out var held))
        {
            if (ResourceVersion.Compare(version, held.Metadata.ResourceVersion) <= 0)
            {
                return false;
            }
        }
        else if (ResourceVersion.Compare(version, _deleted.GetValueOrDefault(resource.Name) ?? _floor) <= 0)
        {
            return false; // what it tells of was deleted since
        }

        _objects[resource.Name] = resource;
        _deleted.Remove(resource.Name);
        return true;
    }

    /// <summary>Takes a deletion.</summary>
    /// <param name="name">What was deleted.</param>
    /// <param name="version">The version of the deletion.</param>
    /// <returns>What was held; null when the deletion is no news.</returns>
    public KubernetesResource? Remove(NamespacedName name, string? version)
    {
        var isHeld = _objects.TryGetValue(name, out var held);
        if (isHeld && ResourceVersion.Compare(version, held!.Metadata.ResourceVersion) < 0)
        {
            return null; // that of one before it, of the same name
        }

        if (version is not null)
        {
            _deleted[name] = ResourceVersion.Later(_deleted.GetValueOrDefault(name), version);
        }

        return isHeld && _objects.Remove(name) ? held : null;
    }

    /// <summary>Forgets deletions that no event can be older than.</summary>
    /// <param name="version">A version that a bookmark gave: every event up to it was sent.</param>
    public void Passed(string version)
    {
        const int Many = 1000;
        if (_deleted.Count > Many)
        {
            _floor = ResourceVersion.Later(_floor, version);
            foreach (var (name, deleted) in _deleted)
            {
                if (ResourceVersion.Compare(deleted, version) <= 0)
                {
                    _deleted.Remove(name);
                }
            }
        }
    }
}

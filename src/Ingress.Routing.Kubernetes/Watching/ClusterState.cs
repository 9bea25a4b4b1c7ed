using Ingress.Routing.Diagnostics;
using Ingress.Routing.Kubernetes.Reading;
using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>All that is known of the cluster, and what of it was not handed on yet. Thread-safe.</summary>
/// <param name="selector">Selects namespaces by their labels; null for all of them.</param>
/// <param name="changed">Told after each change.</param>
internal sealed class ClusterState(LabelSelector? selector, Action changed)
{
    private readonly Lock _gate = new();
    private readonly List<ObjectStore> _stores = [];
    private readonly HashSet<string> _selected = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IngressDiagnostic> _reports = new(StringComparer.Ordinal);

    // Null stands for an object that is gone.
    private Dictionary<ResourceReference, KubernetesResource?> _pending = [];
    private bool _areReportsChanged;

    public ObjectStore Add(WatchScope scope)
    {
        var store = new ObjectStore(scope);
        lock (_gate)
        {
            _stores.Add(store);
        }

        return store;
    }

    /// <summary>Takes a store out, with what only it holds.</summary>
    public void Remove(ObjectStore store)
    {
        lock (_gate)
        {
            _stores.Remove(store);
            foreach (var resource in store.Objects.Values)
            {
                Gone(resource, store);
            }
        }

        changed();
    }

    /// <inheritdoc cref="ObjectStore.Replace"/>
    public void Replace(ObjectStore store, Dictionary<NamespacedName, KubernetesResource> listed, string version)
    {
        bool isNews;
        lock (_gate)
        {
            List<KubernetesResource> changedNow = [], gone = [];
            store.Replace(listed, version, changedNow.Add, gone.Add);
            changedNow.ForEach(resource => Came(resource, store));
            gone.ForEach(resource => Gone(resource, store));
            isNews = _pending.Count > 0;
        }

        if (isNews)
        {
            changed();
        }
    }

    /// <inheritdoc cref="ObjectStore.Put"/>
    public bool Put(ObjectStore store, KubernetesResource resource)
    {
        lock (_gate)
        {
            if (!store.Put(resource))
            {
                return false;
            }

            Came(resource, store);
        }

        changed();
        return true;
    }

    /// <inheritdoc cref="ObjectStore.Remove"/>
    public bool Remove(ObjectStore store, NamespacedName name, string? version)
    {
        lock (_gate)
        {
            if (store.Remove(name, version) is not { } held)
            {
                return false;
            }

            Gone(held, store);
        }

        changed();
        return true;
    }

    /// <inheritdoc cref="ObjectStore.Passed"/>
    public void Passed(ObjectStore store, string version)
    {
        lock (_gate)
        {
            store.Passed(version);
        }
    }

    /// <summary>Says something about the cluster, or no longer.</summary>
    /// <param name="key">What it is about.</param>
    /// <param name="report">What to say; null for nothing.</param>
    public void Report(string key, IngressDiagnostic? report)
    {
        lock (_gate)
        {
            if (_reports.GetValueOrDefault(key) == report)
            {
                return;
            }

            if (report is null)
            {
                _reports.Remove(key);
            }
            else
            {
                _reports[key] = report;
            }

            _areReportsChanged = true;
        }

        changed();
    }

    /// <summary>Takes what has changed since the last time.</summary>
    public ClusterChange Take()
    {
        Dictionary<ResourceReference, KubernetesResource?> taken;
        IReadOnlyList<IngressDiagnostic>? reports;
        lock (_gate)
        {
            taken = _pending;
            _pending = [];
            reports = _areReportsChanged ? [.. _reports.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => pair.Value)] : null;
            _areReportsChanged = false;
        }

        var upserted = new List<KubernetesResource>(taken.Count);
        var removed = new List<ResourceReference>();
        foreach (var (reference, resource) in taken)
        {
            if (resource is null)
            {
                removed.Add(reference);
            }
            else
            {
                upserted.Add(resource);
            }
        }

        return new() { Upserted = upserted, Removed = removed, SourceDiagnostics = reports };
    }

    /// <summary>Finds an object that is handed on.</summary>
    public KubernetesResource? Find(WatchedKind kind, NamespacedName name, ObjectStore? except = null)
    {
        lock (_gate)
        {
            return Find(kind.Name, name, except);
        }
    }

    /// <summary>The objects of a kind that are handed on, as they are now.</summary>
    public List<KubernetesResource> All(WatchedKind kind)
    {
        lock (_gate)
        {
            return [.. _stores.Where(store => store.Scope.Kind == kind).SelectMany(store => store.Objects.Values.Where(resource => IsSelected(resource, store)))];
        }
    }

    /// <summary>What a store holds under a name.</summary>
    public KubernetesResource? Held(ObjectStore store, NamespacedName name)
    {
        lock (_gate)
        {
            return store.Objects.GetValueOrDefault(name);
        }
    }

    /// <summary>How many objects of a scope there are.</summary>
    public int CountOf(ObjectStore store)
    {
        lock (_gate)
        {
            return store.Objects.Count;
        }
    }

    private void Came(KubernetesResource resource, ObjectStore store)
    {
        if (resource is NamespaceResource)
        {
            Select(resource.Metadata.Name!, selector?.Matches(resource.Metadata.Labels) == true);
        }
        else if (IsSelected(resource, store))
        {
            _pending[resource.Reference] = resource;
        }
    }

    private void Gone(KubernetesResource resource, ObjectStore store)
    {
        if (resource is NamespaceResource)
        {
            Select(resource.Metadata.Name!, isSelected: false);
        }
        else if (IsSelected(resource, store))
        {
            // A Secret can be watched by its type and by its name.
            _pending[resource.Reference] = Find(resource.Kind, resource.Name, except: null);
        }
    }

    // A label change adds or takes out everything in the namespace.
    private void Select(string name, bool isSelected)
    {
        if (!(isSelected ? _selected.Add(name) : _selected.Remove(name)))
        {
            return;
        }

        foreach (var resource in _stores.Where(static store => !store.Scope.Kind.IsClusterScoped).SelectMany(static store => store.Objects.Values))
        {
            if (resource.Metadata.Namespace == name)
            {
                _pending[resource.Reference] = isSelected ? resource : Find(resource.Kind, resource.Name, except: null);
            }
        }
    }

    private KubernetesResource? Find(string kind, NamespacedName name, ObjectStore? except)
    {
        foreach (var store in _stores)
        {
            if (store != except && store.Scope.Kind.Name == kind && store.Objects.TryGetValue(name, out var found) && IsSelected(found, store))
            {
                return found;
            }
        }

        return null;
    }

    // What somebody refers to by name is meant, wherever it is.
    private bool IsSelected(KubernetesResource resource, ObjectStore store)
        => selector is null || store.Scope.IsOneObject || resource is IngressClassResource || _selected.Contains(resource.Metadata.Namespace ?? "");
}

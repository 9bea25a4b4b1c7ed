using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Hosting;

/// <summary>Gathers changes into one that has the effect of all. Each costs what it weighs, however many were gathered before it.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class PendingChange
{
    // What is left of each identity: all that has it, or nothing.
    private readonly Dictionary<ResourceReference, List<KubernetesResource>> _versions = [];
    private IReadOnlyList<IngressDiagnostic>? _sourceDiagnostics;

    // Most changes come alone, and are handed on as they are.
    private ClusterChange? _only;

    public void Add(ClusterChange change)
    {
        if (_only is null && _versions.Count == 0 && _sourceDiagnostics is null)
        {
            _only = change;
            return;
        }

        if (_only is { } first)
        {
            _only = null;
            Gather(first);
        }

        Gather(change);
    }

    /// <summary>Everything gathered; it stays until it is cleared.</summary>
    public ClusterChange ToChange() => _only ?? new()
    {
        Upserted = [.. _versions.Values.SelectMany(static versions => versions)],
        Removed = [.. _versions.Where(static pair => pair.Value.Count == 0).Select(static pair => pair.Key)],
        SourceDiagnostics = _sourceDiagnostics,
    };

    public void Clear()
    {
        _only = null;
        _sourceDiagnostics = null;
        _versions.Clear();
        _versions.TrimExcess(); // the first item of a source may have been the whole cluster
    }

    private void Gather(ClusterChange change)
    {
        foreach (var reference in change.Removed)
        {
            _versions[reference] = [];
        }

        // An object stands instead of everything that had its identity before, but beside the others of the same change.
        foreach (var resource in change.Upserted)
        {
            _versions[resource.Reference] = [];
        }

        foreach (var resource in change.Upserted)
        {
            _versions[resource.Reference].Add(resource);
        }

        _sourceDiagnostics = change.SourceDiagnostics ?? _sourceDiagnostics;
    }
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Finds the destinations of Service ports (semantics 13). Immutable, but for what it remembers having worked out.</summary>
internal sealed class ServiceDirectory
{
    public static readonly ServiceDirectory Empty = new([]);

    private readonly ImmutableDictionary<NamespacedName, ServiceEntry> _entries;

    // A request that finds no Service must be given the same answer each time, or its cluster would be made anew each time.
    private readonly ConcurrentDictionary<ServiceReference, ServiceDestinations> _missing = new();

    private ServiceDirectory(ImmutableDictionary<NamespacedName, ServiceEntry> entries)
    {
        _entries = entries;
    }

    /// <summary>Where the requests for a Service port go.</summary>
    public ServiceDestinations Find(ServiceReference service)
        => _entries.TryGetValue(service.Name, out var entry)
            ? entry.Resolve(service)
            : _missing.GetOrAdd(service, static service => ServiceEntry.Nowhere(service, DestinationStatus.ServiceNotFound));

    /// <summary>What is known of a Service; null when nothing is.</summary>
    public ServiceEntry? EntryOf(NamespacedName service) => _entries.GetValueOrDefault(service);

    /// <summary>The directory after some Services, slices and Endpoints were changed.</summary>
    /// <param name="touched">Receives the names of the Services whose destinations may differ.</param>
    public ServiceDirectory With(
        ClusterObjectChanges changes,
        RouteTableOptions options,
        ICollection<NamespacedName> touched)
    {
        if (changes.Services.Count == 0 && changes.EndpointSlices.Count == 0 && changes.Endpoints.Count == 0)
        {
            return this;
        }

        var drafts = new Dictionary<NamespacedName, Draft>();
        foreach (var change in changes.Services)
        {
            DraftOf((change.After ?? change.Before)!.Name).Service = change.After;
        }

        foreach (var change in changes.Endpoints)
        {
            DraftOf((change.After ?? change.Before)!.Name).Endpoints = change.After;
        }

        foreach (var (before, after) in changes.EndpointSlices)
        {
            if (before?.ServiceName is not null)
            {
                DraftOf(ServiceOf(before)).Slices.Remove(before);
            }

            if (after?.ServiceName is not null)
            {
                DraftOf(ServiceOf(after)).Slices.Add(after);
            }
        }

        var entries = _entries.ToBuilder();
        foreach (var (name, draft) in drafts)
        {
            touched.Add(name);
            if (draft.Service is null && draft.Slices.Count == 0 && draft.Endpoints is null)
            {
                entries.Remove(name);
            }
            else
            {
                entries[name] = new ServiceEntry(draft.Service, [.. draft.Slices], draft.Endpoints, options.AllowLoopbackDestinations);
            }
        }

        return new(entries.ToImmutable());

        Draft DraftOf(NamespacedName name)
        {
            if (!drafts.TryGetValue(name, out var draft))
            {
                drafts.Add(name, draft = new Draft(_entries.GetValueOrDefault(name)));
            }

            return draft;
        }
    }

    private static NamespacedName ServiceOf(EndpointSliceResource slice) => new(slice.Name.Namespace, slice.ServiceName);

    private sealed class Draft(ServiceEntry? entry)
    {
        public ServiceResource? Service { get; set; } = entry?.Service;

        public EndpointsResource? Endpoints { get; set; } = entry?.Endpoints;

        public HashSet<EndpointSliceResource> Slices { get; } = new(entry?.Slices ?? [], ReferenceEqualityComparer.Instance);
    }
}

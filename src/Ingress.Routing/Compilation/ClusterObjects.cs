using Ingress.Routing.Annotations;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>A cluster as the compiler keeps it: a snapshot by identity, so that a change costs what it touches. Immutable.</summary>
internal sealed record ClusterObjects(
    ObjectSet<IngressResource> Ingresses,
    ObjectSet<IngressClassResource> IngressClasses,
    ObjectSet<ServiceResource> Services,
    ObjectSet<EndpointSliceResource> EndpointSlices,
    ObjectSet<EndpointsResource> Endpoints,
    ObjectSet<SecretResource> Secrets,
    ObjectSet<ConfigMapResource> ConfigMaps,
    IReadOnlyList<IngressDiagnostic> SourceDiagnostics) : IPolicyObjects
{
    public static ClusterObjects Empty { get; } = new(
        ObjectSet<IngressResource>.Empty,
        ObjectSet<IngressClassResource>.Empty,
        ObjectSet<ServiceResource>.Empty,
        ObjectSet<EndpointSliceResource>.Empty,
        ObjectSet<EndpointsResource>.Empty,
        ObjectSet<SecretResource>.Empty,
        ObjectSet<ConfigMapResource>.Empty,
        []);

    /// <summary>Takes a snapshot in.</summary>
    public static ClusterObjects Of(ClusterSnapshot snapshot, out ClusterObjectChanges changes)
    {
        changes = new();
        return new(
            ObjectSet<IngressResource>.Empty.Apply(snapshot.Ingresses, [], changes.Ingresses),
            ObjectSet<IngressClassResource>.Empty.Apply(snapshot.IngressClasses, [], changes.IngressClasses),
            ObjectSet<ServiceResource>.Empty.Apply(snapshot.Services, [], changes.Services),
            ObjectSet<EndpointSliceResource>.Empty.Apply(snapshot.EndpointSlices, [], changes.EndpointSlices),
            ObjectSet<EndpointsResource>.Empty.Apply(snapshot.Endpoints, [], changes.Endpoints),
            ObjectSet<SecretResource>.Empty.Apply(snapshot.Secrets, [], changes.Secrets),
            ObjectSet<ConfigMapResource>.Empty.Apply(snapshot.ConfigMaps, [], changes.ConfigMaps),
            snapshot.SourceDiagnostics);
    }

    /// <summary>Takes a change in.</summary>
    public ClusterObjects Apply(ClusterChange change, out ClusterObjectChanges changes)
    {
        changes = new();
        return new(
            Next(Ingresses, IngressResource.KindName, change, changes.Ingresses),
            Next(IngressClasses, IngressClassResource.KindName, change, changes.IngressClasses),
            Next(Services, ServiceResource.KindName, change, changes.Services),
            Next(EndpointSlices, EndpointSliceResource.KindName, change, changes.EndpointSlices),
            Next(Endpoints, EndpointsResource.KindName, change, changes.Endpoints),
            Next(Secrets, SecretResource.KindName, change, changes.Secrets),
            Next(ConfigMaps, ConfigMapResource.KindName, change, changes.ConfigMaps),
            change.SourceDiagnostics ?? SourceDiagnostics);
    }

    SecretResource? IPolicyObjects.FindSecret(NamespacedName name) => Secrets.Find(name);

    ConfigMapResource? IPolicyObjects.FindConfigMap(NamespacedName name) => ConfigMaps.Find(name);

    ServiceResource? IPolicyObjects.FindService(NamespacedName name) => Services.Find(name);

    /// <summary>Everything that was given, as a snapshot.</summary>
    public ClusterSnapshot ToSnapshot() => new()
    {
        Ingresses = [.. Ingresses.Given],
        IngressClasses = [.. IngressClasses.Given],
        Services = [.. Services.Given],
        EndpointSlices = [.. EndpointSlices.Given],
        Endpoints = [.. Endpoints.Given],
        Secrets = [.. Secrets.Given],
        ConfigMaps = [.. ConfigMaps.Given],
        SourceDiagnostics = SourceDiagnostics,
    };

    /// <summary>Everything that counts, as if it had just come.</summary>
    public ClusterObjectChanges AsNew()
    {
        var changes = new ClusterObjectChanges();
        changes.Ingresses.AddRange(Ingresses.Usable.Select(static item => new ObjectChange<IngressResource>(null, item)));
        changes.IngressClasses.AddRange(IngressClasses.Usable.Select(static item => new ObjectChange<IngressClassResource>(null, item)));
        changes.Services.AddRange(Services.Usable.Select(static item => new ObjectChange<ServiceResource>(null, item)));
        changes.EndpointSlices.AddRange(EndpointSlices.Usable.Select(static item => new ObjectChange<EndpointSliceResource>(null, item)));
        changes.Endpoints.AddRange(Endpoints.Usable.Select(static item => new ObjectChange<EndpointsResource>(null, item)));
        changes.Secrets.AddRange(Secrets.Usable.Select(static item => new ObjectChange<SecretResource>(null, item)));
        changes.ConfigMaps.AddRange(ConfigMaps.Usable.Select(static item => new ObjectChange<ConfigMapResource>(null, item)));
        return changes;
    }

    private static ObjectSet<T> Next<T>(ObjectSet<T> objects, string kind, ClusterChange change, List<ObjectChange<T>> changes)
        where T : KubernetesResource
    {
        var upserted = change.Upserted.OfType<T>().ToList();
        var removed = change.Removed.Where(reference => reference.Kind == kind).Select(ObjectSet<T>.IdentityOf).ToList();
        return upserted.Count == 0 && removed.Count == 0 ? objects : objects.Apply(upserted, removed, changes);
    }
}

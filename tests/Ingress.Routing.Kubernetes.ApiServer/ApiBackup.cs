namespace Ingress.Routing.Kubernetes.ApiServer;

/// <summary>All objects at a moment, as etcd keeps them in a backup.</summary>
public sealed record ApiBackup(long Version, IReadOnlyDictionary<ApiResource, StoredObject[]> Objects);

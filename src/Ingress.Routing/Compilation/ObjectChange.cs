using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>What became of one identity: the object that counted before, and the one that counts now; null when there is none.</summary>
internal readonly record struct ObjectChange<T>(T? Before, T? After)
    where T : KubernetesResource;

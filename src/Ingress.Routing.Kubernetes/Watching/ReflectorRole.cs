namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>What a reflector is to the others.</summary>
/// <param name="IsRequired">Whether nothing is served before its objects are known.</param>
/// <param name="IsFirst">Whether it asks a failing server more often than the others, who hear of it.</param>
/// <param name="OnRefused">Told when what is not required may not be read.</param>
internal sealed record ReflectorRole(bool IsRequired, bool IsFirst = false, Action? OnRefused = null);

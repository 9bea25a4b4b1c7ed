using Ingress.Routing.Model;

namespace Ingress.Routing;

/// <summary>One port of a Service, named as an Ingress names it, with the namespace of that Ingress.</summary>
/// <param name="Name">The Service. Its namespace is always that of the Ingress (semantics 13.1).</param>
/// <param name="Port">The Service port, by number or by name; never the target port.</param>
/// <remarks>Two references are equal when namespace, name and port are written alike, so that it can be a key.</remarks>
public sealed record ServiceReference(NamespacedName Name, ServiceBackendPort Port)
{
    /// <summary>Returns <c>namespace/name:port</c>.</summary>
    public override string ToString() => $"{Name}:{Port}";
}

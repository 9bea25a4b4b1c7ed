using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>The backends of an Ingress, right or wrong.</summary>
internal static class IngressBackends
{
    /// <summary>All of them, that of the default backend last.</summary>
    public static IEnumerable<IngressBackend> Of(IngressResource ingress)
        => ingress.Rules
            .SelectMany(static rule => rule.Paths ?? [])
            .Select(static path => path.Backend)
            .Append(ingress.DefaultBackend)
            .OfType<IngressBackend>();
}

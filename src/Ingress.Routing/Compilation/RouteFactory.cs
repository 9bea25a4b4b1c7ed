using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Makes routes of what an Ingress says.</summary>
internal static class RouteFactory
{
    /// <summary>The route of one path.</summary>
    public static IngressRoute ForPath(IngressResource ingress, int ruleIndex, int pathIndex, RouteTableOptions options)
    {
        var rule = ingress.Rules[ruleIndex];
        var path = rule.Paths![pathIndex];
        var asWritten = RulePath.AsWritten(path);
        return new IngressRoute($"{ingress.Name}/{ruleIndex}/{pathIndex}")
        {
            Ingress = ingress,
            Field = $"spec.rules[{ruleIndex}].http.paths[{pathIndex}]",
            Position = (ruleIndex, pathIndex),
            Host = string.IsNullOrEmpty(rule.Host) ? null : rule.Host,
            Path = RulePath.Canonical(asWritten, options),
            PathAsWritten = asWritten,
            PathType = RulePath.TypeOf(path),
            Service = ServiceOf(ingress, path.Backend!),
            Resource = path.Backend!.Resource,
        };
    }

    /// <summary>The route of the default backend of an Ingress that has one.</summary>
    public static IngressRoute ForDefaultBackend(IngressResource ingress) => new($"{ingress.Name}/default")
    {
        Ingress = ingress,
        Field = "spec.defaultBackend",
        Service = ServiceOf(ingress, ingress.DefaultBackend!),
        Resource = ingress.DefaultBackend!.Resource,
    };

    /// <summary>The route of the configured default backend.</summary>
    public static IngressRoute ForConfiguredDefault(ServiceReference service) => new("default") { Service = service };

    // In the namespace of the Ingress, always (semantics 13.1, trap 14).
    private static ServiceReference? ServiceOf(IngressResource ingress, IngressBackend backend)
        => backend.Service is { } service ? new ServiceReference(new NamespacedName(ingress.Name.Namespace, service.Name), service.Port!) : null;
}

using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Passwords.</summary>
internal static class BasicAuthAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Protects,
            "auth-type",
            "auth-secret",
            "auth-secret-type",
            "auth-realm",
            "satisfy"),
    ];
}

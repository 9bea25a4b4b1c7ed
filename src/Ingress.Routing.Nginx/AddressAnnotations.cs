using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Which client addresses are let in.</summary>
internal static class AddressAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. NginxRow.NotBuilt(
            AnnotationRisk.Protects,
            "allowlist-source-range",
            "whitelist-source-range"),
        .. NginxRow.NotBuilt(
            AnnotationRisk.Protects,
            "denylist-source-range"),
    ];
}

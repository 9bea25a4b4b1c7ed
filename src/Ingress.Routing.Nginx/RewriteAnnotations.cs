using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>Paths: what they match and what backends get.</summary>
internal static class RewriteAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        .. RewriteBuilder.Rows,
        .. HostBuilder.Rows,
    ];
}

using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>FastCGI, which is not spoken here, and raw TCP.</summary>
internal static class FastCgiAnnotations
{
    private const string Reason = "FastCGI is not spoken here; put a web server that speaks it next to the application.";

    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.WithoutEffect("fastcgi-index", Reason),
        NginxRow.WithoutEffect("fastcgi-params-configmap", Reason),
        NginxRow.Refused("stream-snippet", "It is about connections without HTTP, which are not served here; a Service of type LoadBalancer takes them."),
    ];
}

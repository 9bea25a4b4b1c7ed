namespace Ingress.Routing.Hosting;

/// <summary>Names under which measurements are published.</summary>
public static class IngressRoutingTelemetry
{
    /// <summary>The meter of all instruments <c>ingress_routing.*</c>.</summary>
    public const string MeterName = "Ingress.Routing";
}

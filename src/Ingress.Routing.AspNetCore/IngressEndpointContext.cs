using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>The endpoint of one route while it is being built.</summary>
public sealed class IngressEndpointContext
{
    internal IngressEndpointContext(IngressRoute route, IngressRouteTable table)
    {
        Route = route;
        Table = table;
        Metadata = [route];
    }

    /// <summary>Answers a request with 503, for a route without a usable backend (D16).</summary>
    /// <remarks>Also for use by a convention whose backends come and go while the endpoint lives.</remarks>
    public static RequestDelegate Unavailable { get; } = PlainTextResponse.UnavailableAsync;

    /// <summary>The route.</summary>
    public IngressRoute Route { get; }

    /// <summary>The table that holds the route now. An endpoint may outlive it, so it must not be kept.</summary>
    public IngressRouteTable Table { get; }

    /// <summary>The metadata of the endpoint: authorization, rate limiter and output cache policies and the like. Holds the route from the start.</summary>
    public IList<object> Metadata { get; }

    /// <summary>Serves the request; while null, the answer is 503 (D16).</summary>
    public RequestDelegate? RequestDelegate { get; set; }
}

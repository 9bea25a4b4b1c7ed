using Ingress.Routing.Hosting;

namespace Ingress.Routing.AspNetCore.Tests;

/// <summary>Conventions that answer in place of a backend.</summary>
internal static class Serving
{
    /// <summary>Answers every Service route with its id, and the path and query that a backend would get.</summary>
    public static void Echo(IIngressRoutingBuilder builder) => builder.ConfigureIngressEndpoints(endpoint =>
    {
        if (endpoint.Route.Service is not null)
        {
            endpoint.RequestDelegate = context =>
            {
                var match = context.GetIngressMatch()!.Match;
                return context.Response.WriteAsync($"{context.GetIngressRoute()!.Id} {match.Path}{match.Query}");
            };
        }
    });
}

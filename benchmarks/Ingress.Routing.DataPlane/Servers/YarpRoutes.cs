using Ingress.Routing.DataPlane.Peers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.DataPlane.Servers;

/// <summary>YARP as its documentation sets it up, with a route for each host.</summary>
internal static class YarpRoutes
{
    public static async Task StartAsync(int port, ForwarderSettings settings)
    {
        var builder = settings.CreateBuilder(port);
        builder.Services.AddRouting();
        builder.Services.AddReverseProxy().LoadFromMemory(
            [.. Enumerable.Range(0, settings.Hosts).Select(Route)],
            [
                .. Enumerable.Range(0, settings.Hosts).Select(Fleet.Service).Distinct().Select(service => new ClusterConfig
                {
                    ClusterId = service,
                    Destinations = new Dictionary<string, DestinationConfig> { ["one"] = new() { Address = settings.Backend } },
                }),
            ]);
        var app = builder.Build();
        app.MapReverseProxy();
        await app.StartAsync();
    }

    private static RouteConfig Route(int index) => new RouteConfig
    {
        RouteId = Fleet.Host(index),
        ClusterId = Fleet.Service(index),
        Match = new RouteMatch { Hosts = [Fleet.Host(index)], Path = "{**rest}" },
    }.WithTransformUseOriginalHostHeader();
}

using Ingress.Routing.Model;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ingress.Routing.Forwarding.Tests.Support;

/// <summary>Snapshots with Services whose endpoints are ports of the loopback address.</summary>
internal static class Cluster
{
    /// <summary>The Service port behind the one route of <see cref="Of(int[])"/>.</summary>
    public static ServiceReference Web { get; } = new(new(null, "web"), new() { Number = 80 });

    /// <summary>One Ingress that sends all requests to <c>web:80</c>, with these ports as its ready endpoints.</summary>
    public static ClusterSnapshot Of(params int[] ports) => Of(null, ports);

    public static ClusterSnapshot Of(string? appProtocol, params int[] ports) => new()
    {
        Ingresses = [Some.Ingress("all", [Some.Rule(null, Some.Prefix("/"))])],
        Services = [Some.Service("web", appProtocol: appProtocol)],
        EndpointSlices = [.. ports.Select(port => Slice("web", port))],
    };

    /// <summary>What a Service port says whose endpoints speak this protocol.</summary>
    public static string? AppProtocol(HttpProtocols protocols) => protocols == HttpProtocols.Http2 ? "kubernetes.io/h2c" : null;

    /// <summary>A slice of its own for each port, since the endpoints of a slice share theirs.</summary>
    public static EndpointSliceResource Slice(string service, int port, bool? ready = null)
    {
        var slice = Some.Slice(service, port, "127.0.0.1");
        return slice with
        {
            Metadata = slice.Metadata with { Name = $"{slice.Metadata.Name}-{port}" },
            Endpoints = [.. slice.Endpoints.Select(endpoint => endpoint with { Ready = ready })],
        };
    }
}

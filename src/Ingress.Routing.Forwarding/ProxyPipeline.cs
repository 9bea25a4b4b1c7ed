using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Model;

namespace Ingress.Routing.Forwarding;

/// <summary>YARP's own pipeline: session affinity, load balancing, passive health checks, limits, and the forwarder.</summary>
/// <remarks>
/// YARP only builds it while mapping its endpoints. Where the host application maps them (<c>MapReverseProxy</c>), its pipeline is taken,
/// with whatever it adds; otherwise they are mapped here, where no request can reach them.
/// </remarks>
internal sealed class ProxyPipeline
{
    private readonly Lazy<RequestDelegate> _delegate;

    // Not before the first request: the host application maps its endpoints after the services are built.
    public ProxyPipeline(IServiceProvider services)
    {
        _delegate = new Lazy<RequestDelegate>(() => Find(services.GetServices<EndpointDataSource>()) ?? Map(services));
    }

    /// <summary>Forwards a request whose endpoint has a <see cref="RouteModel"/> in its metadata.</summary>
    public RequestDelegate Delegate => _delegate.Value;

    private static RequestDelegate? Find(IEnumerable<EndpointDataSource> sources) => sources
        .SelectMany(static source => source.Endpoints)
        .FirstOrDefault(static endpoint => endpoint.Metadata.GetMetadata<RouteModel>()?.Config.RouteId == BootstrapConfigProvider.RouteId)
        ?.RequestDelegate;

    private static RequestDelegate Map(IServiceProvider services)
    {
        var endpoints = new HiddenEndpoints(services);
        endpoints.MapReverseProxy();
        return Find(endpoints.DataSources)!; // There is a bootstrap route, hence an endpoint.
    }

    private sealed class HiddenEndpoints(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider { get; } = services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(ServiceProvider);
    }
}

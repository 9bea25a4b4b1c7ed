using Microsoft.Extensions.DependencyInjection;

namespace Ingress.Routing.Hosting;

/// <summary>Carries the services, and nothing else.</summary>
internal sealed class IngressRoutingBuilder(IServiceCollection services) : IIngressRoutingBuilder
{
    public IServiceCollection Services { get; } = services;
}

using Microsoft.Extensions.DependencyInjection;

namespace Ingress.Routing.Hosting;

/// <summary>Adds sources and features to ingress routing.</summary>
public interface IIngressRoutingBuilder
{
    /// <summary>The services of the host application.</summary>
    IServiceCollection Services { get; }
}

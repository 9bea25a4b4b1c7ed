using Ingress.Routing.Forwarding;
using Ingress.Routing.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers forwarding.</summary>
public static class IngressForwardingBuilderExtensions
{
    /// <summary>Forwards the requests of routes with a Service to its ready endpoints, through the proxy pipeline of YARP.</summary>
    /// <param name="builder">Ingress routing.</param>
    /// <param name="configure">Changes the defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <remarks>
    /// Nothing needs to be mapped: <c>UseIngressRouting</c> selects endpoints that forward. Calling this more than once is harmless.
    /// </remarks>
    public static IIngressRoutingBuilder AddForwarding(this IIngressRoutingBuilder builder, Action<IngressForwardingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        return builder;
    }
}

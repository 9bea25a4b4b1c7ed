using Ingress.Routing.AspNetCore;
using Ingress.Routing.Forwarding;
using Ingress.Routing.Forwarding.Backends;
using Ingress.Routing.Forwarding.Errors;
using Ingress.Routing.Forwarding.Health;
using Ingress.Routing.Forwarding.Limits;
using Ingress.Routing.Forwarding.Mirroring;
using Ingress.Routing.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers forwarding.</summary>
public static class IngressForwardingBuilderExtensions
{
    /// <summary>Forwards the requests of routes with a Service to its ready endpoints, through the proxy pipeline of YARP.</summary>
    /// <param name="builder">The builder of <c>AddIngressRouting</c>.</param>
    /// <param name="configure">Changes the defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <remarks>
    /// <para>
    /// Nothing needs to be mapped: <c>UseIngressRouting</c> selects endpoints that forward. Calling this more than once is harmless.
    /// </para>
    /// <para>
    /// The path that was matched and the query as received are sent, byte for byte (D10); a query with characters outside printable ASCII
    /// is answered with 400. <c>Host</c> is kept as received. <c>X-Forwarded-For</c>, <c>-Host</c> and <c>-Proto</c> are set. Trace headers
    /// pass untouched, unless something listens to the traces of this process.
    /// </para>
    /// <para>
    /// Header values pass byte for byte. For that Kestrel is configured to read and write them as Latin-1, unless the application has chosen an encoding,
    /// and the application's own endpoints see them so. A <c>Content-Length</c> that is not made of digits is refused, and an empty port in
    /// <c>Host</c> is left out.
    /// </para>
    /// <para>
    /// The <c>appProtocol</c> of the Service port decides what is spoken: HTTP/2 without TLS for <c>kubernetes.io/h2c</c>, <c>h2c</c> and
    /// <c>grpc</c>; TLS for <c>https</c>, <c>wss</c> and <c>kubernetes.io/wss</c>; HTTP/1.1 for everything else.
    /// </para>
    /// <para>
    /// A request that gateways of this kind have forwarded <see cref="IngressForwardingOptions.MaxHops"/> times is answered with 508: it goes
    /// round in a circle. <c>CDN-Loop</c> (RFC 8586) counts, and is sent to backends.
    /// </para>
    /// <para>
    /// The answer is 503 without destinations or with too many requests in flight, 502 when the destination refuses or breaks the connection, and 504 when it is too slow.
    /// A response that breaks off does so for the client too.
    /// </para>
    /// <para>
    /// A host application that uses YARP for itself calls <c>AddReverseProxy</c> before this. If it also calls <c>MapReverseProxy</c>,
    /// requests of Ingresses go through the pipeline that it maps.
    /// </para>
    /// </remarks>
    public static IIngressRoutingBuilder AddForwarding(
        this IIngressRoutingBuilder builder, Action<IngressForwardingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var services = builder.Services;
        if (configure is not null)
        {
            services.Configure(configure);
        }

        // YARP registers some of its services twice when it is added twice, and then fails.
        if (services.All(static service => service.ServiceType != typeof(IProxyStateLookup)))
        {
            services.AddReverseProxy();

            // Where the application brings YARP itself, it has a say in what YARP logs.
            services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<LoggerFilterOptions>, YarpLogFilter>());
        }

        services.AddOptions<IngressForwardingOptions>().ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<IngressForwardingOptions>, IngressForwardingOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<KestrelServerOptions>, HeaderBytes>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProxyConfigProvider, BootstrapConfigProvider>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITransformProvider, IngressTransforms>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IIngressEndpointConvention, ForwardingConvention>());
        services.TryAddSingleton<RouteBalancing>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoadBalancingPolicy, RouteBalancing>(static provider => provider.GetRequiredService<RouteBalancing>()));
        services.TryAddSingleton<NetworkClients>();
        services.TryAddSingleton<BackendMetrics>();
        services.TryAddSingleton<HealthMetrics>();
        services.TryAddSingleton<HealthFactory>();
        services.TryAddSingleton<Retrying>();
        services.TryAddSingleton<SecondTry>();
        AddPolicySteps(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPolicyStep, ErrorPagesStep>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPolicyStep, FallbackServiceStep>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPolicyStep, MirrorStep>());
        services.TryAddSingleton<MirrorSender>();
        services.TryAddSingleton<RouteForwarderFactory>();
        services.TryAddSingleton<RequestLimits>();
        services.TryAddSingleton<ProxyPipeline>();
        services.TryAddSingleton<RouteModelFactory>();
        services.TryAddSingleton<ServiceClusterFactory>();
        services.TryAddSingleton<ServiceClusters>();
        return builder;
    }

    // Once, however often forwarding is added, and before the steps of the application, which may replace these.
    private static void AddPolicySteps(IServiceCollection services)
    {
        if (services.Any(static service => service.ImplementationInstance is BackendPolicyStep))
        {
            return;
        }

        foreach (var type in BackendPlan.PolicyTypes.Reverse())
        {
            services.Insert(0, ServiceDescriptor.Singleton<IPolicyStep>(new BackendPolicyStep(type)));
        }
    }
}

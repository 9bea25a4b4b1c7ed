using Ingress.Routing.Hosting;
using Ingress.Routing.Nginx;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the annotations of ingress-nginx.</summary>
public static class NginxIngressRoutingBuilderExtensions
{
    /// <summary>Lets Ingresses use the annotations of ingress-nginx, besides our own, with its default settings.</summary>
    /// <param name="builder">The builder of <c>AddIngressRouting</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IIngressRoutingBuilder AddNginxAnnotations(this IIngressRoutingBuilder builder) => builder.AddNginxAnnotations(new NginxOptions());

    /// <summary>Lets Ingresses use the annotations of ingress-nginx, besides our own.</summary>
    /// <param name="builder">The builder of <c>AddIngressRouting</c>.</param>
    /// <param name="configure">Changes the settings of the controller.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IIngressRoutingBuilder AddNginxAnnotations(this IIngressRoutingBuilder builder, Action<NginxOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        var options = new NginxOptions();
        configure(options);
        return builder.AddNginxAnnotations(options);
    }

    /// <summary>Lets Ingresses use the annotations of ingress-nginx, besides our own.</summary>
    /// <param name="builder">The builder of <c>AddIngressRouting</c>.</param>
    /// <param name="options">The settings of the controller.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>With <see cref="NginxOptions.UseForwardedHeaders"/> its proxies are trusted as <see cref="IngressRoutingOptions.TrustedProxies"/> are.</remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IIngressRoutingBuilder AddNginxAnnotations(this IIngressRoutingBuilder builder, NginxOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);

        if (options.UseForwardedHeaders)
        {
            string[] proxies = [.. options.ProxyRealIpCidr.Select(static network => network.ToString())];
            builder.Services.Configure<IngressRoutingOptions>(routing => Array.ForEach(proxies, routing.TrustedProxies.Add));
        }

        return builder.AddAnnotationDialect(NginxAnnotations.CreateDialect(options));
    }
}

using Ingress.Routing.Hosting;
using Ingress.Routing.Nginx;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the annotations of ingress-nginx.</summary>
public static class NginxIngressRoutingBuilderExtensions
{
    /// <summary>Lets Ingresses use the annotations of ingress-nginx, besides our own.</summary>
    /// <param name="builder">The builder of <c>AddIngressRouting</c>.</param>
    /// <param name="configure">Changes the settings of the controller.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IIngressRoutingBuilder AddNginxAnnotations(this IIngressRoutingBuilder builder, Action<NginxOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        var options = new NginxOptions();
        configure?.Invoke(options);
        return builder.AddAnnotationDialect(NginxAnnotations.CreateDialect(options));
    }
}

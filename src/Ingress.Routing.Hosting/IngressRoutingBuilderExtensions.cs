using Ingress.Routing.Annotations;
using Ingress.Routing.Hosting;
using Ingress.Routing;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the sources that resources come from.</summary>
/// <remarks>
/// A source may also be registered as a service of type <see cref="IIngressSource"/>, which is all that these methods do. Resources of all
/// sources are compiled together; of an object that several provide, the source registered first decides.
/// </remarks>
public static class IngressRoutingBuilderExtensions
{
    /// <summary>Adds a source.</summary>
    /// <param name="builder">The builder of <c>AddIngressRouting</c>.</param>
    /// <param name="factory">Creates the source, once.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IIngressRoutingBuilder AddSource(this IIngressRoutingBuilder builder, Func<IServiceProvider, IIngressSource> factory)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(factory);

        builder.Services.AddSingleton(factory);
        return builder;
    }

    /// <summary>Adds resources that never change.</summary>
    /// <param name="builder">The builder of <c>AddIngressRouting</c>.</param>
    /// <param name="snapshot">The resources.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IIngressRoutingBuilder AddSnapshot(this IIngressRoutingBuilder builder, ClusterSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);

        return builder.AddSource(_ => new FixedIngressSource(snapshot));
    }

    /// <summary>Lets Ingresses use a further set of annotations, besides our own.</summary>
    /// <param name="builder">The builder of <c>AddIngressRouting</c>.</param>
    /// <param name="dialect">The annotations. Where several dialects ask for the same policy, the one that was added first decides.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IIngressRoutingBuilder AddAnnotationDialect(this IIngressRoutingBuilder builder, AnnotationDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(dialect);

        builder.Services.Configure<IngressRoutingOptions>(options => options.AnnotationDialects.Add(dialect));
        return builder;
    }
}

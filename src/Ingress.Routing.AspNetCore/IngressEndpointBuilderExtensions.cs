using System.Diagnostics.CodeAnalysis;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Changes the endpoints that routes become.</summary>
public static class IngressEndpointBuilderExtensions
{
    /// <summary>Adds to the metadata of the endpoint of each route, or serves it.</summary>
    /// <param name="builder">The builder of <c>AddIngressRouting</c>.</param>
    /// <param name="configure">
    /// Changes one endpoint. Called when a route is first requested, from several threads at once; it may be called again for the same route.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <remarks>
    /// Conventions are applied in the order in which they were added. One that needs services is a class that implements
    /// <see cref="IIngressEndpointConvention"/>, registered as a singleton.
    /// </remarks>
    public static IIngressRoutingBuilder ConfigureIngressEndpoints(this IIngressRoutingBuilder builder, Action<IngressEndpointContext> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);

        builder.Services.AddSingleton<IIngressEndpointConvention>(new DelegateConvention(configure));
        return builder;
    }

    /// <summary>Adds a step that carries out one type of policies.</summary>
    /// <typeparam name="TStep">The step. Created once, with its services.</typeparam>
    /// <param name="builder">The builder of <c>AddIngressRouting</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <remarks>A step for a type that has one already takes its place.</remarks>
    public static IIngressRoutingBuilder AddPolicyStep<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStep>(
        this IIngressRoutingBuilder builder)
        where TStep : class, IPolicyStep
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.AddSingleton<IPolicyStep, TStep>();
        return builder;
    }

    private sealed class DelegateConvention(Action<IngressEndpointContext> configure) : IIngressEndpointConvention
    {
        public void Apply(IngressEndpointContext endpoint) => configure(endpoint);
    }
}

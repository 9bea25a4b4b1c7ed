using Ingress.Routing;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.AspNetCore.Resources;
using Ingress.Routing.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Serves the backends of Ingresses that are no Services.</summary>
/// <remarks>A kind that is added twice is served by what was added last. Paths with a kind that was never added are answered with 503 (D16).</remarks>
public static class ResourceBackendBuilderExtensions
{
    /// <summary>Serves a kind of resource backends by code.</summary>
    /// <param name="builder">The builder of <c>AddIngressRouting</c>.</param>
    /// <param name="apiGroup">The API group of the kind; null or empty for the core group.</param>
    /// <param name="kind">The kind, case-sensitive.</param>
    /// <param name="handler">
    /// Answers one request. The route names the resource (<see cref="IngressRoute.Resource"/>), whose namespace is that of
    /// <see cref="IngressRoute.Source"/>. The canonical path is in the feature <see cref="IIngressMatchFeature"/>.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument other than <paramref name="apiGroup"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="kind"/> is empty.</exception>
    public static IIngressRoutingBuilder AddResourceBackend(
        this IIngressRoutingBuilder builder, string? apiGroup, string kind, Func<HttpContext, IngressRoute, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);

        return builder.AddResourceBackend(apiGroup, kind, RequestDelegate (_, route) => context => handler(context, route));
    }

    /// <summary>Serves a kind of resource backends by something composed for each route, for instance out of middleware.</summary>
    /// <param name="builder">The builder of <c>AddIngressRouting</c>.</param>
    /// <param name="apiGroup">The API group of the kind; null or empty for the core group.</param>
    /// <param name="kind">The kind, case-sensitive.</param>
    /// <param name="factory">Creates what answers the requests of one route. Called when the route is first requested; may be called again.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument other than <paramref name="apiGroup"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="kind"/> is empty.</exception>
    /// <remarks>
    /// Middleware that stands back when an endpoint is selected, as that for static files does, needs the endpoint to be cleared
    /// while it runs (<c>context.SetEndpoint(null)</c>).
    /// </remarks>
    public static IIngressRoutingBuilder AddResourceBackend(
        this IIngressRoutingBuilder builder, string? apiGroup, string kind, Func<IServiceProvider, IngressRoute, RequestDelegate> factory)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(kind);
        ArgumentNullException.ThrowIfNull(factory);

        var resourceKind = new ResourceKind(apiGroup, kind);
        builder.Services.AddSingleton(new ResourceBackend(resourceKind, factory));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IIngressEndpointConvention, ResourceBackendConvention>());
        builder.Services.Configure<IngressRoutingOptions>(options => options.ResourceKinds.Add(resourceKind));
        return builder;
    }

    /// <summary>Serves a kind of resource backends from folders with static files.</summary>
    /// <param name="builder">The builder of <c>AddIngressRouting</c>.</param>
    /// <param name="apiGroup">The API group of the kind; null or empty for the core group.</param>
    /// <param name="kind">The kind, case-sensitive.</param>
    /// <param name="rootDirectory">
    /// Holds the folder of each resource, <c>namespace/name</c>. A relative path is relative to the current directory. Neither it nor the
    /// folders need to exist yet.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument other than <paramref name="apiGroup"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="kind"/> or <paramref name="rootDirectory"/> is empty.</exception>
    /// <remarks>
    /// <para>
    /// The whole canonical path of the request is the path below the folder, the path of the rule included, because what was matched is what
    /// is served (D10): with the rule <c>/icons</c> for the resource <c>icon-assets</c> in the namespace <c>shop</c>, the request
    /// <c>/icons/a.svg</c> is answered with the file <c>shop/icon-assets/icons/a.svg</c>.
    /// </para>
    /// <para>
    /// Served by ASP.NET Core's own middleware: ranges, conditional requests, content types by extension (otherwise
    /// <c>application/octet-stream</c>), <c>index.html</c> for a folder after a redirect to its trailing slash. Everything else is answered with
    /// 404, and a method other than GET and HEAD with 405.
    /// </para>
    /// <para>
    /// Nothing outside the folder is served: not by <c>..</c>, not by an encoded separator, and not through a symbolic link, which is followed
    /// only as long as it stays in the folder (so a mounted ConfigMap works). Names that begin with a dot are not served. What may
    /// write to the folder while it is served is trusted not to exchange a file for a link between check and use.
    /// </para>
    /// </remarks>
    public static IIngressRoutingBuilder AddStaticFileBackend(
        this IIngressRoutingBuilder builder, string? apiGroup, string kind, string rootDirectory)
    {
        ArgumentException.ThrowIfNullOrEmpty(rootDirectory);

        var root = Path.GetFullPath(rootDirectory);
        return builder.AddResourceBackend(apiGroup, kind, (services, route) => StaticFileBackend.Create(services, root, route));
    }
}

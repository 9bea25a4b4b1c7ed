using Ingress.Routing;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.AspNetCore.Limits;
using Ingress.Routing.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds ingress routing to the pipeline.</summary>
public static class IngressRoutingApplicationBuilderExtensions
{
    /// <summary>Matches each request and selects the endpoint of its route.</summary>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="app"/> is null.</exception>
    /// <exception cref="InvalidOperationException"><c>AddIngressRouting</c> was not called.</exception>
    /// <remarks>
    /// <para>
    /// Middleware that reads endpoint metadata (authorization, rate limiter, output cache, CORS, time-outs) belongs after this one. In a
    /// <see cref="WebApplication"/> nothing else is needed: it runs the selected endpoint at its end. Any other pipeline says so itself,
    /// with <c>UseRouting</c> before and <c>UseEndpoints</c> after this one.
    /// </para>
    /// <para>
    /// A request that has an endpoint already is left alone. In a <see cref="WebApplication"/> the application's own endpoints (<c>MapGet</c>
    /// and the like, a <c>MapFallback</c> included) therefore win; call <c>UseRouting</c> after this method to let the Ingresses win.
    /// </para>
    /// <para>
    /// A malformed host or target is answered with 400. A request that no route takes goes on, and is answered with 404 when nothing
    /// else answers it; before the first table is in force, with 503 and <c>Retry-After</c>. One that the TLS policy of its host does not let
    /// pass is answered with 421, 403 or a redirect (D18, D19, D25). A request that two servers could read differently is answered with 400, 405
    /// or 501. These answers have a short plain body, unless the application
    /// uses status code pages.
    /// </para>
    /// <para>
    /// Headers that only a proxy may send, such as <c>X-Forwarded-For</c> and <c>X-Real-IP</c>, are taken out of requests that do not come from
    /// <see cref="IngressRoutingOptions.TrustedProxies"/>, and so are the headers that <c>Connection</c> names.
    /// </para>
    /// </remarks>
    public static IApplicationBuilder UseIngressRouting(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (app.ApplicationServices.GetService<IngressRouter>() is null)
        {
            throw new InvalidOperationException(
                "The services that 'UseIngressRouting' needs are missing. Call 'services.AddIngressRouting()' at startup.");
        }

        // A WebApplication without data sources leaves out the middleware that runs endpoints.
        if (app is IEndpointRouteBuilder { DataSources.Count: 0 } builder)
        {
            builder.DataSources.Add(new DefaultEndpointDataSource());
        }

        // Created here, because 'AddIngressRouting' belongs to a package that knows no ASP.NET Core.
        var policies = ActivatorUtilities.CreateInstance<PolicyChain>(app.ApplicationServices);
        var endpoints = ActivatorUtilities.CreateInstance<IngressEndpointCache>(app.ApplicationServices, policies);
        var metrics = ActivatorUtilities.CreateInstance<IngressRequestMetrics>(app.ApplicationServices);
        var options = app.ApplicationServices.GetRequiredService<IOptions<IngressRoutingOptions>>().Value;
        var enforcer = new TlsPolicyEnforcer(app.ApplicationServices.GetRequiredService<TimeProvider>());
        var screen = new RequestScreen(new ClientClaims(options.PassedHeaders), trustsProxies: options.TrustedProxies.Count > 0);
        TrustedProxies.Use(app, options);
        app.UseMiddleware<RequestObservation>(ActivatorUtilities.CreateInstance<RouteMetrics>(app.ApplicationServices, options.MaxMeasuredRoutes));
        if (app.ApplicationServices.GetService<RequestGate>() is { } gate)
        {
            app.UseMiddleware<RequestGateMiddleware>(gate);
        }

        return app.UseMiddleware<IngressRoutingMiddleware>(endpoints, screen, enforcer, metrics, options.SendGeneration);
    }
}

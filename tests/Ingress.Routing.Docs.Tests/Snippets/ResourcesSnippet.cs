using Ingress.Routing.Model;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

internal static class ResourcesSnippet
{
    public static void Run(WebApplicationBuilder builder, ClusterSnapshot snapshot)
    {
        // <resources>
        builder.Services.AddIngressRouting()
            .AddSnapshot(snapshot)
            .AddResourceBackend("example.test", "Greeting", (context, route) => context.Response.WriteAsync($"This is {route.Resource!.Name}."))
            .AddStaticFileBackend("example.test", "StaticSite", "sites/")
            .ConfigureIngressEndpoints(endpoint =>
            {
                if (endpoint.Route.Source is { Namespace: "internal" })
                {
                    endpoint.Metadata.Add(new AuthorizeAttribute());
                }
            });
        // </resources>
    }
}

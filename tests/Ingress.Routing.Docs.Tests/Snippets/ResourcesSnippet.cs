using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Http;
// <resources>
using Ingress.Routing.Model;
using Microsoft.AspNetCore.Authorization;
// </resources>

namespace Snippets;

internal static class ResourcesSnippet
{
    public static void Run(string[] args)
    {
        // <resources>
        var builder = WebApplication.CreateBuilder(args);

        var hello = new IngressResource
        {
            Metadata = new() { Name = "hello", Namespace = "internal" },
            DefaultBackend = new() { Resource = new() { ApiGroup = "example.test", Kind = "Greeting", Name = "hello" } },
        };

        builder.Services.AddAuthentication().AddBearerToken();
        builder.Services.AddAuthorization();
        builder.Services.AddIngressRouting()
            .AddSnapshot(new ClusterSnapshot { Ingresses = [hello] })
            .AddResourceBackend("example.test", "Greeting", (context, route) => context.Response.WriteAsync($"This is {route.Resource!.Name}."))
            .AddStaticFileBackend("example.test", "StaticSite", "sites/")
            .ConfigureIngressEndpoints(endpoint =>
            {
                if (endpoint.Route.Source.Name.Namespace is "internal")
                {
                    endpoint.Metadata.Add(new AuthorizeAttribute());
                }
            });

        var app = builder.Build();
        app.UseIngressRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Run();
        // </resources>
    }
}

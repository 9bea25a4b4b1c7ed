using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

internal static class PoliciesSnippet
{
    public static void Run(WebApplicationBuilder builder)
    {
        // <policies>
        builder.Services.AddIngressRouting()
            .AddManifests("deploy/")
            .AddForwarding()
            .ConfigureIngressEndpoints(endpoint =>
            {
                if (endpoint.Route.Host == "admin.example.test")
                {
                    endpoint.Metadata.Add(new AuthorizeAttribute());
                }
            });

        var app = builder.Build();
        app.UseIngressRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        // </policies>
    }
}

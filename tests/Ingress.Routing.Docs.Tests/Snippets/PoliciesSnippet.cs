using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
// <policies>
using Microsoft.AspNetCore.Authorization;
// </policies>

namespace Snippets;

internal static class PoliciesSnippet
{
    public static void Run(string[] args)
    {
        // <policies>
        var builder = WebApplication.CreateBuilder(args);

        builder.Services.AddAuthentication().AddBearerToken();
        builder.Services.AddAuthorization();
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
        app.Run();
        // </policies>
    }
}

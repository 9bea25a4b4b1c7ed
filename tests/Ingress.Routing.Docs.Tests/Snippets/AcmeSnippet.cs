// <acme>
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
// </acme>

namespace Snippets;

internal static class AcmeSnippet
{
    public static void Run(string[] args)
    {
        // <acme>
        var builder = WebApplication.CreateBuilder(args);

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenAnyIP(8080);
            kestrel.ListenAnyIP(8443, listen => listen.UseIngressHttps());
        });

        builder.Services.AddIngressRouting()
            .AddManifests("deploy/")
            .AddAcme(options =>
            {
                options.Email = "ops@example.com";
                options.AgreeToTermsOfService = true;
                options.StorageFolder = "acme";
            })
            .AddForwarding();

        var app = builder.Build();
        app.UseIngressRouting();
        app.Run();
        // </acme>
    }

    public static void Configure(WebApplicationBuilder builder)
    {
        // <acme-configure>
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenAnyIP(80);
            kestrel.ListenAnyIP(443, listen => listen.UseIngressHttps());
        });

        builder.Services.AddIngressRouting()
            .AddManifests("deploy/")
            .AddAcme(options =>
            {
                options.Email = "ops@example.com";
                options.AgreeToTermsOfService = true;
                options.StorageFolder = "/var/lib/my-app/acme";
            });
        // </acme-configure>
    }
}

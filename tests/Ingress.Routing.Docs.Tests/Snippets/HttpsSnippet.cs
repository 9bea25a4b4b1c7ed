using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Hosting;

namespace Snippets;

internal static class HttpsSnippet
{
    public static void Run(string[] args)
    {
        // <https>
        var builder = WebApplication.CreateBuilder(args);

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenAnyIP(8080);
            kestrel.ListenAnyIP(8443, listen => listen.UseIngressHttps());
        });
        builder.Services.AddIngressRouting()
            .AddManifests("deploy/")
            .AddForwarding();

        var app = builder.Build();
        app.UseIngressRouting();
        app.Run();
        // </https>
    }
}

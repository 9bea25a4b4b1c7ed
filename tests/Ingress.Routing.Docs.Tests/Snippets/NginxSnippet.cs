// <nginx>
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
// </nginx>

namespace Snippets;

internal static class NginxSnippet
{
    public static void Run(string[] args)
    {
        // <nginx>
        var builder = WebApplication.CreateBuilder(args);

        builder.Services.AddIngressRouting()
            .AddManifests("deploy/")
            .AddNginxAnnotations(options => options.ProxyBodySize = 8 * 1024 * 1024)
            .AddForwarding();

        var app = builder.Build();
        app.UseIngressRouting();
        app.Run();
        // </nginx>
    }
}

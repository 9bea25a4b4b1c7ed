// <serve>
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
// </serve>

namespace Snippets;

internal static class ServeSnippet
{
    public static void Run(string[] args)
    {
        // <serve>
        var builder = WebApplication.CreateBuilder(args);

        builder.Services.AddIngressRouting()
            .AddManifests("deploy/")
            .AddForwarding();

        var app = builder.Build();
        app.UseIngressRouting();
        app.Run();
        // </serve>
    }
}

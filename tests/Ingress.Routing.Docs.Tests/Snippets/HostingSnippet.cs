using Ingress.Routing.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Snippets;

internal static class HostingSnippet
{
    public static void Run(IHostApplicationBuilder builder, ClusterSnapshot snapshot)
    {
        // <hosting>
        builder.Services.AddIngressRouting(options => options.ControllerName = "example.test/ingress")
            .AddSnapshot(snapshot);
        // </hosting>
    }
}

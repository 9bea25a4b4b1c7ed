using Ingress.Routing.Forwarding;
using Ingress.Routing.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

internal static class OptionsSnippet
{
    public static void Run(WebApplicationBuilder builder)
    {
        // <options>
        builder.Services.AddIngressRouting(options => builder.Configuration.GetSection(IngressRoutingOptions.SectionName).Bind(options))
            .AddManifests("deploy/")
            .AddForwarding(options => builder.Configuration.GetSection(IngressForwardingOptions.SectionName).Bind(options));
        // </options>
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Snippets;

internal static class KestrelSnippet
{
    public static void Run(WebApplicationBuilder builder)
    {
        // <kestrel>
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenAnyIP(8080);
            kestrel.ListenAnyIP(8443, listen => listen.UseIngressHttps());
        });
        // </kestrel>
    }
}

using Ingress.Routing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets;

internal static class TlsPolicySnippet
{
    public static void Run(WebApplicationBuilder builder)
    {
        // <tls-policies>
        builder.Services.AddIngressRouting(options =>
        {
            options.Tls = new() { MinimumVersion = TlsVersion.Tls13 };
            options.HostTls["*.internal.example.com"] = new()
            {
                ClientCertificates = new() { Mode = ClientCertificateMode.Require, AuthoritiesSecret = new("infra", "staff-ca") },
            };
        });
        // </tls-policies>
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace Ingress.Routing.DataPlane.Servers;

/// <summary>Forwards everything to the backend, whatever host it is for, and says of the client what the gateway says.</summary>
internal static class BareForwarder
{
    public static async Task StartAsync(int port, ForwarderSettings settings)
    {
        var builder = settings.CreateBuilder(port);
        builder.Services.AddHttpForwarder();
        var app = builder.Build();
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        var client = ForwarderSettings.CreateClient();
        var transformer = new ClientTransformer();
        app.Run(async context => await forwarder.SendAsync(context, settings.Backend, client, ForwarderRequestConfig.Empty, transformer));
        await app.StartAsync();
    }

    private sealed class ClientTransformer : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            var host = httpContext.Request.Headers.Host.ToString();
            proxyRequest.Headers.Host = host;
            proxyRequest.Headers.TryAddWithoutValidation("X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString());
            proxyRequest.Headers.TryAddWithoutValidation("X-Forwarded-Host", host);
            proxyRequest.Headers.TryAddWithoutValidation("X-Forwarded-Proto", httpContext.Request.Scheme);
        }
    }
}

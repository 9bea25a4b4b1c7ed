using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>Says of each request over HTTP/2 whether its connection has TLS, whatever its <c>:scheme</c> claims.</summary>
/// <remarks>
/// A proxy that ends TLS sends <c>:scheme: https</c> over a connection without it, and Kestrel can be told not to reset such streams. But any client
/// can send it, and would seem to have come over https. What a trusted proxy says counts later, as <c>X-Forwarded-Proto</c>.
/// </remarks>
internal sealed class ConnectionScheme : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(static (context, pipeline) =>
        {
            if (HttpProtocol.IsHttp2(context.Request.Protocol))
            {
                if (context.Request.Scheme is not ("http" or "https"))
                {
                    return PlainTextResponse.BadRequestAsync(context);
                }

                context.Request.Scheme = HasTls(context) ? "https" : "http";
            }

            return pipeline(context);
        });
        next(app);
    };

    private static bool HasTls(HttpContext context)
        => context.Features.Get<ITlsHandshakeFeature>() is not null || context.Features.Get<ITlsConnectionFeature>() is not null;
}

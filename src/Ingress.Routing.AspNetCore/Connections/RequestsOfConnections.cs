using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore.Connections;

/// <summary>Tells each connection, before anything else happens, that a request of it is being answered.</summary>
internal sealed class RequestsOfConnections : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(static next => context => InvokeAsync(context, next));
        next(app);
    };

    private static Task InvokeAsync(HttpContext context, RequestDelegate next)
        => context.Features.Get<ClientConnection>() is { } connection ? InvokeAsync(context, next, connection) : next(context);

    private static async Task InvokeAsync(HttpContext context, RequestDelegate next, ClientConnection connection)
    {
        connection.RequestBegins(context);
        try
        {
            await next(context);
        }
        finally
        {
            connection.RequestEnds();
        }
    }
}

using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

internal sealed class IngressRoutingMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) => next(context);
}

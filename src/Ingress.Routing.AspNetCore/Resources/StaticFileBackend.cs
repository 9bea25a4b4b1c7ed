using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore.Resources;

internal static class StaticFileBackend
{
    public static RequestDelegate Create(IServiceProvider services, string root, IngressRoute route) => throw new NotSupportedException();
}

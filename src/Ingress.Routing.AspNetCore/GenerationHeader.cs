using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Tells the client by which table its request was matched.</summary>
internal static class GenerationHeader
{
    private const string Name = "x-ingress-generation";

    // At the last moment: what a backend says under this name is about another gateway.
    private static readonly Func<object, Task> s_set = static state =>
    {
        var (response, generation) = ((HttpResponse, RouteTableGeneration))state;
        response.Headers[Name] = generation.ToString();
        return Task.CompletedTask;
    };

    public static void Send(HttpContext context, RouteTableGeneration generation) => context.Response.OnStarting(s_set, (context.Response, generation));
}

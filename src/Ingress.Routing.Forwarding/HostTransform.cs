using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.Forwarding;

/// <summary>Sets <c>X-Forwarded-Host</c> to the <c>Host</c> as received. YARP's own goes through Unicode and back (trap 2).</summary>
/// <remarks>A request without a host (D13) is sent with the address of its destination, for HTTP/1.1 demands one.</remarks>
internal sealed class HostTransform : RequestTransform
{
    private const string ForwardedHost = "X-Forwarded-Host";

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        if (context.HttpContext.Request.Headers.Host.ToString() is { Length: > 0 } host)
        {
            // Only that of a trusted proxy is still there.
            if (!context.HttpContext.Request.Headers.ContainsKey(ForwardedHost))
            {
                AddHeader(context, ForwardedHost, host);
            }
        }
        else
        {
            // HttpClient adds its own beside an empty one, and two are malformed.
            RemoveHeader(context, HeaderNames.Host);
        }

        return ValueTask.CompletedTask;
    }
}

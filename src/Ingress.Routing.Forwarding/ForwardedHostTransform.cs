using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.Forwarding;

/// <summary>Sets <c>X-Forwarded-Host</c> to the <c>Host</c> as received. YARP's own goes through Unicode and back (trap 2).</summary>
internal sealed class ForwardedHostTransform : RequestTransform
{
    private const string ForwardedHost = "X-Forwarded-Host";

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        RemoveHeader(context, ForwardedHost);
        if (context.HttpContext.Request.Headers.Host.ToString() is { Length: > 0 } host)
        {
            AddHeader(context, ForwardedHost, host);
        }

        return ValueTask.CompletedTask;
    }
}

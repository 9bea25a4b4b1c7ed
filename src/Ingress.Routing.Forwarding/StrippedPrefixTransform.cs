using Ingress.Routing.AspNetCore;
using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.Forwarding;

/// <summary>Tells the backend what a policy took away from the start of the path. What the client says about it is gone by then.</summary>
internal sealed class StrippedPrefixTransform : RequestTransform
{
    private const string XForwardedPrefix = "X-Forwarded-Prefix";

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        if (context.HttpContext.GetIngressMatch()?.StrippedPrefix is { } prefix)
        {
            RemoveHeader(context, XForwardedPrefix);
            AddHeader(context, XForwardedPrefix, prefix);
        }

        return ValueTask.CompletedTask;
    }
}

using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.Forwarding;

/// <summary>Passes <c>Upgrade-Insecure-Requests</c> on, which YARP takes for a header of the connection.</summary>
internal sealed class UpgradeInsecureRequestsTransform : RequestTransform
{
    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var asked = context.HttpContext.Request.Headers.UpgradeInsecureRequests;
        if (asked.Count > 0)
        {
            AddHeader(context, HeaderNames.UpgradeInsecureRequests, asked);
        }

        return ValueTask.CompletedTask;
    }
}

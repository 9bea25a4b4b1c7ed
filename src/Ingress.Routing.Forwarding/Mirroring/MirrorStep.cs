using Ingress.Routing.AspNetCore;
using Ingress.Routing.Forwarding.Limits;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ingress.Routing.Forwarding.Mirroring;

/// <summary>Sends copies of requests, beside them.</summary>
internal sealed class MirrorStep(MirrorSender sender, RequestLimits limits) : PolicyStep<Mirror>
{
    protected override RequestDelegate Build(Mirror policy, IngressEndpointContext endpoint, RequestDelegate rest) => context =>
    {
        // A conversation cannot be copied.
        if (IsConversation(context) || limits.IsLoop(context) || !sender.TryBegin(out var slot))
        {
            return rest(context);
        }

        var copy = MirrorRequest.Of(context, policy, context.GetIngressMatch()!.RequestOf(context));
        if (copy is null)
        {
            slot.Dispose();
            return rest(context);
        }

        if (!policy.WithBody || context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            sender.Send(copy, slot);
            return rest(context);
        }

        return WithBodyAsync(context, copy, slot, rest);
    };

    private async Task WithBodyAsync(HttpContext context, HttpRequestMessage copy, IDisposable slot, RequestDelegate rest)
    {
        // Read by what forwards it, at the pace of the backend; here it is only watched.
        var original = context.Request.Body;
        var watched = new WatchedBody(original, body => sender.Send(copy, slot, body), () => MirrorSender.Drop(copy, slot));
        context.Request.Body = watched;
        try
        {
            await rest(context);
        }
        finally
        {
            watched.End();
            context.Request.Body = original;
        }
    }

    private static bool IsConversation(HttpContext context)
        => context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };
}

using Ingress.Routing.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Changes what a backend answers as the policies of the route say, and tells clients their sessions.</summary>
internal sealed class BackendResponseTransform(TimeProvider time)
{
    /// <param name="context">A request that the backend has answered.</param>
    public void Apply(ResponseTransformContext context)
    {
        if (context.HttpContext.Features.Get<BackendCall>() is not { } call)
        {
            return;
        }

        call.Plan.Edits?.Apply(context.HttpContext, call.Request);
        if (call is { Session: { IsNew: true } session, Plan.Sessions: { } sessions })
        {
            var match = context.HttpContext.GetIngressMatch()!;
            context.HttpContext.Response.Headers.Append(HeaderNames.SetCookie, SessionCookie.Write(
                sessions.Policy,
                sessions.ValueOf(session.Key, match.Service!),
                match.Match.Route!.PathAsWritten,
                context.HttpContext.Request.IsHttps,
                call.Request.Header(HeaderNames.UserAgent),
                time.GetUtcNow()));
        }
    }
}

using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Sends a client to where it can say who it is.</summary>
internal static class SignInRedirect
{
    public static Task AnswerAsync(HttpContext context, SignIn signIn)
    {
        if (signIn.LocationFor(HeaderEditing.RequestOf(context)) is not { } location || location.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return PlainTextResponse.UndecidedAsync(context);
        }

        context.GetIngressRecord()?.Reason = AnswerReason.SignIn;
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = location;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }
}

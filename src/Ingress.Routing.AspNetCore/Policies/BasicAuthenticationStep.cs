using Ingress.Routing.AspNetCore.Passwords;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Ingress.Routing.AspNetCore;

/// <summary>Asks for passwords.</summary>
internal sealed class BasicAuthenticationStep : AccessStep<BasicAuthentication>
{
    private static readonly object s_kept = new();

    private readonly PasswordCheck _passwords = new();

    /// <summary>What the client sent as its password, after it was taken out of the headers; empty when nothing was.</summary>
    public static StringValues AuthorizationOf(HttpContext context)
        => context.Items.TryGetValue(s_kept, out var kept) ? (string?)kept : context.Request.Headers.Authorization;

    public override void Clean(HttpContext context)
    {
        // The service that is asked next gets what the client sent.
        var route = context.GetIngressMatch()!.Match.Route!;
        if (route.Policies.FindAccess<ExternalAuthentication>() is not null)
        {
            context.Items[s_kept] = (string?)context.Request.Headers.Authorization;
        }

        context.Request.Headers.Remove("Authorization");
    }

    protected override Func<HttpContext, ValueTask<AccessOutcome>>? BuildCheck(BasicAuthentication policy, IngressEndpointContext endpoint)
    {
        if (IsExempt(endpoint, policy.ExemptPaths))
        {
            return null;
        }

        var challenge = $"Basic realm=\"{policy.Realm}\"";
        var signIn = endpoint.Route.Policies.FindAccess<ExternalAuthentication>()?.SignIn;
        var refused = AccessOutcome.Refused(
            StatusCodes.Status401Unauthorized,
            context => signIn is null ? PlainTextResponse.UnauthorizedAsync(context, challenge) : SignInRedirect.AnswerAsync(context, signIn));
        return async context => Credentials.TryRead(context.Request.Headers.Authorization, out var credentials)
            && await _passwords.IsRightAsync(policy.Users, credentials, context.RequestAborted)
                ? AccessOutcome.Granted
                : refused;
    }
}

using Ingress.Routing.AspNetCore;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Changes what is sent to a backend as the policies of the route say.</summary>
internal static class BackendRequestTransform
{
    public static void Apply(RequestTransformContext context)
    {
        if (context.HttpContext.Features.Get<BackendCall>() is not { } call)
        {
            return;
        }

        context.ProxyRequest.Options.Set(BackendCall.Key, call);
        if (call.Plan.Host is { } policy && policy.Host.ExpandFor(call.Request) is { Length: > 0 } host && !host.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            context.ProxyRequest.Headers.Remove(HeaderNames.Host);
            context.ProxyRequest.Headers.TryAddWithoutValidation(HeaderNames.Host, host);
        }

        if (call.Plan.Headers is not null)
        {
            AddForwardedHeaders(context, call);
        }
    }

    private static void AddForwardedHeaders(RequestTransformContext context, BackendCall call)
    {
        List<string>? unusual = null;
        foreach (var (name, _) in context.ProxyRequest.Headers.NonValidated)
        {
            if (!name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            {
                (unusual ??= []).Add(name);
            }
        }

        unusual?.ForEach(name => context.ProxyRequest.Headers.Remove(name));

        var request = call.Request;
        Set(context, "X-Request-ID", request.Header("X-Request-ID") is { Length: > 0 } id ? id : request.Id);
        Set(context, "X-Real-IP", request.ClientAddress?.ToString());
        Set(context, "X-Scheme", request.Scheme);
        Set(context, "X-Forwarded-Scheme", request.Scheme);
        Set(context, "X-Forwarded-Port", request.Scheme == Uri.UriSchemeHttps ? "443" : "80");
        var claims = context.HttpContext.GetRemovedClaims();
        Set(context, "X-Original-Forwarded-For", claims?.ForwardedFor);
        Set(context, "X-Original-Forwarded-Host", claims?.ForwardedHost);
    }

    private static void Set(RequestTransformContext context, string name, string? value)
    {
        context.ProxyRequest.Headers.Remove(name);
        if (!string.IsNullOrEmpty(value))
        {
            context.ProxyRequest.Headers.TryAddWithoutValidation(name, value);
        }
    }
}

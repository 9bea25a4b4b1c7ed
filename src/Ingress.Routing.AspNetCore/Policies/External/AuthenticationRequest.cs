using System.Net;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Ingress.Routing.AspNetCore;

/// <summary>Makes the question to an external service of a request.</summary>
internal static class AuthenticationRequest
{
    // What belongs to a connection or a body, and what says something else to the service than to us.
    private static readonly HashSet<string> s_left = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.Connection, HeaderNames.ContentLength, HeaderNames.Expect, HeaderNames.Host, HeaderNames.KeepAlive, HeaderNames.ProxyConnection,
        HeaderNames.TE, HeaderNames.Trailer, HeaderNames.TransferEncoding, HeaderNames.Upgrade, HeaderNames.UpgradeInsecureRequests, "X-Forwarded-Proto",
        HeaderNames.Authorization, "HTTP2-Settings",
    };

    /// <summary>The question; null when it would lead elsewhere than the policy says.</summary>
    public static HttpRequestMessage? Of(HttpContext context, ExternalAuthentication policy)
    {
        var request = HeaderEditing.RequestOf(context);
        if (policy.Url.For(request) is not { } url || !Uri.TryCreate(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }, out var uri))
        {
            return null;
        }

        var question = new HttpRequestMessage(new HttpMethod(policy.Method), uri)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        var ours = Ours(request, policy);
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!s_left.Contains(name) && !ours.Exists(own => own.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || HeaderSpelling.IsOther(name, own.Name)))
            {
                question.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        if (BasicAuthenticationStep.AuthorizationOf(context) is { Count: > 0 } authorization)
        {
            question.Headers.TryAddWithoutValidation(HeaderNames.Authorization, (IEnumerable<string?>)authorization);
        }

        foreach (var (name, value) in ours)
        {
            question.Headers.TryAddWithoutValidation(name, value);
        }

        return question;
    }

    private static List<(string Name, string Value)> Ours(IPolicyRequest request, ExternalAuthentication policy)
    {
        var target = $"{request.Path}{request.Query}";
        var host = request.Header(HeaderNames.Host) is { Length: > 0 } written ? written : request.Host;
        var address = request.ClientAddress?.ToString() ?? "";
        List<(string, string)> ours =
        [
            ("X-Original-URL", $"{request.Scheme}://{host}{target}"),
            ("X-Original-Method", request.Method),
            ("X-Sent-From", policy.SentFrom),
            ("X-Real-IP", address),
            ("X-Forwarded-For", address),
            ("X-Request-ID", request.Id),
            ("X-Auth-Request-Redirect", policy.RedirectFor(request)),
        ];
        if (policy.IsMethodGiven)
        {
            ours.Add(("X-Original-URI", target));
            ours.Add(("X-Scheme", request.Scheme));
        }

        foreach (var edit in policy.RequestHeaders)
        {
            ours.RemoveAll(own => own.Item1.Equals(edit.Name, StringComparison.OrdinalIgnoreCase));
            ours.Add((edit.Name, edit.ValueFor(request)));
        }

        return ours;
    }
}

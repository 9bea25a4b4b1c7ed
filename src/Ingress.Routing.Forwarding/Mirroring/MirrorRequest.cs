using System.Collections.Frozen;
using Ingress.Routing.Forwarding.Limits;
using Ingress.Routing.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Ingress.Routing.Forwarding.Mirroring;

/// <summary>Makes the copy of a request.</summary>
internal static class MirrorRequest
{
    // What is about the connection or about the length of a body; the rest is copied, as the backend gets it.
    private static readonly FrozenSet<string> s_left = FrozenSet.ToFrozenSet(
    [
        HeaderNames.Connection, HeaderNames.ContentLength, HeaderNames.Expect, HeaderNames.Host, HeaderNames.KeepAlive, HeaderNames.ProxyAuthorization,
        HeaderNames.ProxyConnection, HeaderNames.TE, HeaderNames.Trailer, HeaderNames.TransferEncoding, HeaderNames.Upgrade, HeaderNames.UpgradeInsecureRequests,
    ], StringComparer.OrdinalIgnoreCase);

    /// <summary>The copy, without a body; null when the request makes no URL of the target.</summary>
    public static HttpRequestMessage? Of(HttpContext context, Mirror policy, IPolicyRequest request)
    {
        var url = policy.UrlFor(request);
        if (url.AsSpan().ContainsAnyExceptInRange('!', '~')
            || !Uri.TryCreate(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }, out var target))
        {
            return null;
        }

        var copy = new HttpRequestMessage(new HttpMethod(request.Method), target) { Content = new ByteArrayContent([]) };
        copy.Headers.Host = policy.Host ?? target.Authority;
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!s_left.Contains(name) && !name.StartsWith(':') && !copy.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                copy.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        HopCount.AddTo(copy.Headers); // a mirror that leads back here comes to an end
        return copy;
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Ingress.Routing.AspNetCore;

/// <summary>What the choice of a route and of its backend sees of a request. Costs nothing until it is asked.</summary>
internal readonly struct HttpRouteRequest(HttpContext context) : IRouteRequest
{
    public string Method => context.Request.Method;

    public string? Header(string name) => Find(context, name);

    /// <summary>The value of a header; null when the request has none.</summary>
    // HTTP/2 may cut the cookies into several fields (RFC 9113, 8.2.3), which commas would not put together again.
    public static string? Find(HttpContext context, string name)
        => !context.Request.Headers.TryGetValue(name, out var values) || values.Count == 0 ? null
            : values.Count > 1 && name.Equals(HeaderNames.Cookie, StringComparison.OrdinalIgnoreCase) ? Join(values)
            : values.ToString();

    private static string Join(StringValues values) => string.Join("; ", values.ToArray());
}

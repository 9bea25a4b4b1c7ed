using System.Buffers;
using System.Globalization;
using System.Text;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Writes the cookie of a session.</summary>
internal static class SessionCookie
{
    private static readonly SearchValues<char> s_ofPatterns = SearchValues.Create("^$[](){}*+?|\\;,");

    /// <summary>The value of <c>Set-Cookie</c>.</summary>
    /// <param name="policy">What the cookie is to be like.</param>
    /// <param name="value">Its value.</param>
    /// <param name="routePath">The path of the route, for a policy without one; null for a default backend.</param>
    /// <param name="isHttps">Whether the response goes over https.</param>
    /// <param name="userAgent">The browser; null when it says nothing.</param>
    /// <param name="now">The time.</param>
    public static string Write(SessionAffinity policy, string value, string? routePath, bool isHttps, string? userAgent, DateTimeOffset now)
    {
        var cookie = new StringBuilder().Append(policy.CookieName).Append('=').Append(value);
        if (policy.Expires is { } expires)
        {
            cookie.Append(CultureInfo.InvariantCulture, $"; Expires={now + expires:R}");
        }

        if (policy.MaxAge is { } maxAge)
        {
            cookie.Append(CultureInfo.InvariantCulture, $"; Max-Age={maxAge.TotalSeconds:0}");
        }

        if (policy.Domain is { } domain)
        {
            cookie.Append("; Domain=").Append(domain);
        }

        cookie.Append("; Path=").Append(policy.Path ?? PathOf(routePath));
        if (policy.IsSecure || isHttps)
        {
            cookie.Append("; Secure");
        }

        cookie.Append("; HttpOnly");
        if (policy.SameSite is { } sameSite && !(sameSite == "None" && policy.OmitsNoneForOldBrowsers && MistakesNone(userAgent)))
        {
            cookie.Append("; SameSite=").Append(sameSite);
        }

        return cookie.ToString();
    }

    // A path that is a pattern is the beginning of no request.
    private static string PathOf(string? routePath)
        => routePath is null || routePath.AsSpan().ContainsAny(s_ofPatterns) ? "/" : routePath;

    // https://www.chromium.org/updates/same-site/incompatible-clients
    private static bool MistakesNone(string? agent)
        => agent is not null
            && (Has(agent, "Chrome/4") || Has(agent, "Chrome/5") || Has(agent, "Chrome/6")
                || Has(agent, "CPU iPhone OS 12") || Has(agent, "iPad; CPU OS 12")
                || (Has(agent, "Macintosh") && Has(agent, "Intel Mac OS X 10_14") && Has(agent, "Safari") && !Has(agent, "Chrome")));

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.Ordinal);
}

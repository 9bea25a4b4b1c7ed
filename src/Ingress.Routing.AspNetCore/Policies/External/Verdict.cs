using System.Net.Http.Headers;
using Ingress.Routing.Policies;

namespace Ingress.Routing.AspNetCore;

/// <summary>What an external service said about a request. Immutable.</summary>
/// <param name="Status">The status; zero when there was no answer.</param>
/// <param name="Headers">The headers that the backend gets, by name; empty text for those that it does not get.</param>
/// <param name="Challenge">Its <c>WWW-Authenticate</c>.</param>
/// <param name="Cookies">Its cookies.</param>
/// <param name="MaxAge">How long it lets its answer be remembered; null when it does not say.</param>
internal sealed record Verdict(int Status, (string Name, string Value)[] Headers, string? Challenge, string[] Cookies, TimeSpan? MaxAge)
{
    /// <summary>There was no answer.</summary>
    public static Verdict None { get; } = new(0, [], null, [], null);

    public bool IsGranted => Status is >= 200 and < 300;

    public static Verdict Of(HttpResponseMessage response, ExternalAuthentication policy) => new(
        (int)response.StatusCode,
        [.. policy.ResponseHeaders.Select(name => (name, Find(response, name) ?? ""))],
        Find(response, "WWW-Authenticate"),
        response.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [],
        MaxAgeOf(response.Headers.CacheControl));

    /// <summary>How long the answer may be remembered.</summary>
    public TimeSpan LifetimeIn(ExternalAuthentication policy)
    {
        // A cookie is for one client. What fails may work the next time.
        if (Cookies.Length > 0 || !(IsGranted || Status is 401 or 403))
        {
            return default;
        }

        var time = policy.CacheTimes.FirstOrDefault(time => time.Statuses.IsEmpty || time.Statuses.Contains(Status));
        return time is null ? default : MaxAge ?? time.Duration;
    }

    private static string? Find(HttpResponseMessage response, string name)
        => response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    private static TimeSpan? MaxAgeOf(CacheControlHeaderValue? control)
        => control is null ? null : control.NoStore || control.NoCache || control.Private ? TimeSpan.Zero : control.MaxAge;
}

using System.Globalization;
using Ingress.Routing.Policies;

namespace Ingress.Routing;

/// <summary>Which requests of a route go to a canary. A value.</summary>
/// <remarks>
/// The header is looked at first, then the cookie, then the weight decides. The order is that of ingress-nginx, and so are the words
/// <c>always</c> and <c>never</c>.
/// </remarks>
public sealed record CanaryRule
{
    /// <summary>What a header or cookie says to take the canary.</summary>
    public const string Always = "always";

    /// <summary>What a header or cookie says not to take the canary.</summary>
    public const string Never = "never";

    /// <summary>The header that decides; null when none does.</summary>
    public string? Header { get; init; }

    /// <summary>
    /// The value of <see cref="Header"/> that takes the canary; any other leaves it to cookie and weight. When null, the header decides with
    /// <c>always</c> and <c>never</c>.
    /// </summary>
    public string? HeaderValue { get; init; }

    /// <summary>
    /// What the value of <see cref="Header"/> has to match to take the canary; any other leaves it to cookie and weight. It has no effect beside
    /// <see cref="HeaderValue"/>.
    /// </summary>
    public TextPattern? HeaderPattern { get; init; }

    /// <summary>The cookie that decides with <c>always</c> and <c>never</c>; null when none does.</summary>
    public string? Cookie { get; init; }

    /// <summary>How many of <see cref="WeightTotal"/> requests take the canary, where nothing else decides.</summary>
    public int Weight { get; init; }

    /// <summary>What <see cref="Weight"/> is a part of.</summary>
    public int WeightTotal { get; init; } = 100;

    /// <summary>Whether there is any request that takes the canary.</summary>
    internal bool TakesAny => Header is not null || Cookie is not null || Weight > 0;

    /// <summary>The share of the requests that take the canary where nothing else decides, from 0 to 1.</summary>
    public double Share => Weight >= WeightTotal ? 1 : (double)Weight / WeightTotal;

    /// <summary>Whether header or cookie of a request decide. Does not allocate.</summary>
    /// <typeparam name="TRequest">The type of the request.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="reason">What decides; <see cref="BackendReason.Weight"/> when neither does.</param>
    /// <returns>Whether the canary is taken; null when the weight decides.</returns>
    public bool? Decide<TRequest>(TRequest request, out BackendReason reason)
        where TRequest : IRouteRequest, allows ref struct
    {
        reason = BackendReason.CanaryHeader;
        if (Header is not null && request.Header(Header) is { } value)
        {
            var taken = HeaderValue is not null ? value == HeaderValue
                : HeaderPattern is not null ? HeaderPattern.IsIn(value)
                : value == Always;
            if (taken == true)
            {
                return true;
            }

            // A pattern that takes too long keeps away from the canary, as an error of it does in ingress-nginx.
            if (taken is null || (HeaderValue is null && HeaderPattern is null && value == Never))
            {
                return false;
            }
        }

        reason = BackendReason.CanaryCookie;
        if (Cookie is not null && CookieText.TryFind(request.Header(CookieText.Header), Cookie, out var cookie))
        {
            if (cookie is Always)
            {
                return true;
            }

            if (cookie is Never)
            {
                return false;
            }
        }

        reason = BackendReason.Weight;
        return null;
    }

    /// <summary>Returns in words what takes the canary: <c>header X-Canary, cookie canary, 10 %</c>.</summary>
    public override string ToString()
    {
        var parts = new List<string>(3);
        if (Header is not null)
        {
            parts.Add($"header {Header}{(HeaderValue is not null ? $": {HeaderValue}" : HeaderPattern is not null ? $" like '{HeaderPattern}'" : "")}");
        }

        if (Cookie is not null)
        {
            parts.Add($"cookie {Cookie}");
        }

        if (Weight > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{100 * Share:0.####} %"));
        }

        return parts.Count == 0 ? "no requests" : string.Join(", ", parts);
    }
}

using System.Globalization;

namespace Ingress.Routing.Policies;

/// <summary>Keeps the requests of one client at one endpoint, by a cookie.</summary>
/// <remarks>
/// The cookie is set when an endpoint had to be chosen, is never readable by scripts, and tells nothing about the endpoint. It also pins one of several
/// backends, the canary included.
/// </remarks>
public sealed record SessionAffinity : RoutePolicy
{
    /// <summary>The name of the cookie.</summary>
    public string CookieName { get; init; } = "INGRESSCOOKIE";

    /// <summary>Whether a session stays at its endpoint for as long as that exists; otherwise some move when endpoints are added.</summary>
    public bool IsPersistent { get; init; }

    /// <summary>Whether a session moves to another endpoint when its own fails.</summary>
    public bool MovesOnFailure { get; init; }

    /// <summary>The <c>Path</c> of the cookie; null is the path of the route.</summary>
    public string? Path { get; init; }

    /// <summary>The <c>Domain</c> of the cookie; null leaves it out.</summary>
    public string? Domain { get; init; }

    /// <summary>The <c>SameSite</c> of the cookie: <c>None</c>, <c>Lax</c> or <c>Strict</c>; null leaves it out.</summary>
    public string? SameSite { get; init; }

    /// <summary>Whether <c>SameSite=None</c> is left out for browsers that take it for <c>Strict</c>.</summary>
    public bool OmitsNoneForOldBrowsers { get; init; }

    /// <summary>Whether the cookie is for https alone. That of a response over https always is.</summary>
    public bool IsSecure { get; init; }

    /// <summary>After how much time the cookie expires, as a date; null leaves it out.</summary>
    public TimeSpan? Expires { get; init; }

    /// <summary>The <c>Max-Age</c> of the cookie; null leaves it out.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Backend;

    /// <inheritdoc />
    public override bool UsesRoutePath => Path is null;

    /// <inheritdoc />
    public override string Describe()
    {
        var time = MaxAge ?? Expires;
        return $"keep clients at one endpoint by cookie {CookieName}"
            + (IsPersistent ? ", for as long as it exists" : "")
            + (time is { } limit ? string.Create(CultureInfo.InvariantCulture, $", for {limit.TotalSeconds:0} s") : "")
            + (MovesOnFailure ? ", or until it fails" : "");
    }
}

namespace Ingress.Routing.Policies;

/// <summary>Changes the addresses in responses of the backend, which knows itself by others than its clients do.</summary>
public sealed record AddressEdits : RoutePolicy
{
    /// <summary>The change of <c>Domain</c> in <c>Set-Cookie</c>: it has to be equal, in any case, a leading dot left out; null changes nothing.</summary>
    public TextReplacement? CookieDomain { get; init; }

    /// <summary>The change of <c>Path</c> in <c>Set-Cookie</c>: it has to begin with it; null changes nothing.</summary>
    public TextReplacement? CookiePath { get; init; }

    /// <summary>The change of <c>Location</c> and <c>Refresh</c>: it has to begin with it; null changes nothing.</summary>
    public TextReplacement? Location { get; init; }

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Backend;

    /// <inheritdoc />
    public override string Describe() => string.Join(", ", new[]
    {
        CookieDomain is null ? null : $"cookie domain {CookieDomain}",
        CookiePath is null ? null : $"cookie path {CookiePath}",
        Location is null ? null : $"Location {Location}",
    }.OfType<string>());
}

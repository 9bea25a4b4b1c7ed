using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Ingress.Routing;

/// <summary>The value of a <c>Strict-Transport-Security</c> header (RFC 6797). Immutable.</summary>
public sealed record StrictTransportSecurity
{
    /// <summary>How long clients use nothing but https, in whole seconds; zero makes them forget.</summary>
    public required TimeSpan MaxAge { get; init; }

    /// <summary>Whether it also goes for all names below the host.</summary>
    public bool IncludeSubDomains { get; init; }

    /// <summary>Whether the host may be put on the lists that browsers are shipped with. Not part of the RFC.</summary>
    public bool Preload { get; init; }

    /// <summary>Reads the value of a header.</summary>
    /// <param name="text">For instance <c>max-age=31536000; includeSubDomains</c>. Directives that are unknown or appear twice are refused.</param>
    /// <param name="value">What it says.</param>
    /// <returns>False when it is malformed.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out StrictTransportSecurity? value)
    {
        value = null;
        long? maxAge = null;
        var (subDomains, preload) = (false, false);
        foreach (var directive in (text ?? "").Split(';', StringSplitOptions.TrimEntries))
        {
            var isUnderstood = directive.ToLowerInvariant() switch
            {
                "includesubdomains" when !subDomains => subDomains = true,
                "preload" when !preload => preload = true,
                ['m', 'a', 'x', '-', 'a', 'g', 'e', '=', .. var seconds] when maxAge is null => TryReadSeconds(seconds, out maxAge),
                _ => false,
            };
            if (!isUnderstood)
            {
                return false;
            }
        }

        value = maxAge is { } age ? new() { MaxAge = TimeSpan.FromSeconds(age), IncludeSubDomains = subDomains, Preload = preload } : null;
        return value is not null;
    }

    /// <summary>Returns the value of the header.</summary>
    public override string ToString()
    {
        var seconds = ((long)MaxAge.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return $"max-age={seconds}{(IncludeSubDomains ? "; includeSubDomains" : "")}{(Preload ? "; preload" : "")}";
    }

    private static bool TryReadSeconds(string text, out long? seconds)
    {
        // Ten digits are three centuries, and well within what a time span holds.
        var isNumber = long.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && text.Length <= 10;
        seconds = isNumber ? number : null;
        return isNumber;
    }
}

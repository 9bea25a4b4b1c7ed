using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Ingress.Routing.Policies;

/// <summary>One origin that pages may come from: <c>https://shop.example</c>, <c>https://*.shop.example:8443</c>, <c>null</c> or <c>*</c>. A value.</summary>
/// <remarks>A wildcard stands for exactly one label. An origin is compared as a whole, from its first to its last character, in any case.</remarks>
public sealed record CorsOrigin
{
    private const string AnyText = "*";
    private const string NullText = "null";

    private readonly string _start = "";
    private readonly string _end = "";

    private CorsOrigin(string text)
    {
        Text = text;
        var star = text.IndexOf('*', StringComparison.Ordinal);
        if (star > 0)
        {
            _start = text[..star];
            _end = text[(star + 1)..];
        }
    }

    /// <summary>Every origin.</summary>
    public static CorsOrigin Any { get; } = new(AnyText);

    /// <summary>The origin as written, in lower case.</summary>
    public string Text { get; }

    /// <summary>Whether it stands for every origin.</summary>
    public bool IsAny => Text == AnyText;

    /// <summary>Reads an origin.</summary>
    /// <param name="text">The text.</param>
    /// <param name="origin">The origin; null when the text is none.</param>
    /// <returns>Whether it is an origin: a scheme and a host, an optional port, and nothing behind it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static bool TryParse(string text, [NotNullWhen(true)] out CorsOrigin? origin)
    {
        ArgumentNullException.ThrowIfNull(text);
        origin = text is AnyText or NullText || IsOrigin(text) ? new(text.ToLowerInvariant()) : null;
        return origin is not null;
    }

    /// <summary>Whether it stands for an origin that a browser sends.</summary>
    /// <param name="origin">The value of the header <c>Origin</c>.</param>
    public bool Admits(string origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        if (IsAny || origin.Equals(Text, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return _start.Length > 0
            && origin.Length > _start.Length + _end.Length
            && origin.StartsWith(_start, StringComparison.OrdinalIgnoreCase)
            && origin.EndsWith(_end, StringComparison.OrdinalIgnoreCase)
            && IsLabel(origin.AsSpan(_start.Length, origin.Length - _start.Length - _end.Length));
    }

    /// <summary>Returns the text.</summary>
    public override string ToString() => Text;

    private static bool IsOrigin(string text)
    {
        var separator = text.IndexOf("://", StringComparison.Ordinal);
        if (separator <= 0 || text.AsSpan(0, separator).ContainsAnyExceptInRange('a', 'z'))
        {
            return false;
        }

        var authority = text.AsSpan(separator + 3);
        var colon = authority.IndexOf(':');
        if (colon >= 0)
        {
            if (!ushort.TryParse(authority[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                return false;
            }

            authority = authority[..colon];
        }

        var name = authority.StartsWith("*.") ? authority[2..] : authority;
        foreach (var label in name.Split('.'))
        {
            if (!IsLabel(name[label]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLabel(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }
}

using System.Text.RegularExpressions;

namespace Ingress.Routing.Tests.Shared;

/// <summary>Section 3 of the semantics for one <c>Host</c> header, in the order of its decisions. Slow on purpose.</summary>
/// <param name="IsMalformed">The answer is 400 (D11b, section 17).</param>
/// <param name="Text">The host without port and trailing dot, lower-case; empty without a host (D13).</param>
internal sealed record ReferenceHost(bool IsMalformed, string Text)
{
    private static readonly ReferenceHost s_malformed = new(true, "");

    /// <summary>The name to compare with rules; empty when only the host-less bucket can match (D13, semantics 3.5).</summary>
    public string Name => Text.StartsWith('[') || IsIPv4(Text) ? "" : Text;

    /// <summary>Reads a header, or an authority, as received.</summary>
    public static ReferenceHost Parse(string? host)
    {
        if (string.IsNullOrEmpty(host))
        {
            return new(false, "");
        }

        // RFC 3986, 3.2.2: a bracketed literal or a reg-name, and a port of any number of digits, which is ignored (semantics 3.6).
        var match = Regex.Match(host, @"\A(?<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~!$&'()*+,;=%-]+)(:[0-9]*)?\z");
        if (!match.Success)
        {
            return s_malformed;
        }

        var text = match.Groups["host"].Value;
        if (text.EndsWith('.')) // D11a
        {
            text = text[..^1];
        }

        if (!text.StartsWith('[') && text.Split('.').Contains("")) // D11b
        {
            return s_malformed;
        }

        return new(false, Lower(text));
    }

    /// <summary>Four decimal numbers of at most 255, leading zeros allowed (semantics 2.3.2).</summary>
    private static bool IsIPv4(string name)
    {
        var parts = name.Split('.');
        return parts.Length == 4 && parts.All(IsByte);
    }

    private static bool IsByte(string text)
        => text.Length > 0
            && text.All(char.IsAsciiDigit)
            && text.TrimStart('0').PadLeft(3, '0') is { Length: 3 } digits
            && string.CompareOrdinal(digits, "255") <= 0;

    private static string Lower(string text) => new([.. text.Select(c => c is >= 'A' and <= 'Z' ? (char)(c + 32) : c)]);
}

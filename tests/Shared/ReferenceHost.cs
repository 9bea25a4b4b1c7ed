namespace Ingress.Routing.Tests.Shared;

/// <summary>Section 3 of the semantics for one <c>Host</c> header, in the order of its decisions. Slow on purpose.</summary>
/// <param name="IsMalformed">The answer is 400 (D11b).</param>
/// <param name="Name">The name to compare with rules; empty when only the host-less bucket can match (D13, semantics 3.5).</param>
internal sealed record ReferenceHost(bool IsMalformed, string Name)
{
    private static readonly ReferenceHost s_none = new(false, "");
    private static readonly ReferenceHost s_malformed = new(true, "");

    /// <summary>Reads a header, or a server name, as received.</summary>
    public static ReferenceHost Parse(string? host)
    {
        if (string.IsNullOrEmpty(host))
        {
            return s_none;
        }

        if (host.StartsWith('['))
        {
            return s_none;
        }

        var name = host.Split(':')[0];
        if (name.EndsWith('.'))
        {
            name = name[..^1];
        }

        if (name.Split('.').Contains(""))
        {
            return s_malformed;
        }

        return IsIPv4(name) ? s_none : new(false, Lower(name));
    }

    /// <summary>Four decimal numbers of at most 255, leading zeros allowed (semantics 2.3.2).</summary>
    public static bool IsIPv4(string name)
    {
        var parts = name.Split('.');
        return parts.Length == 4 && parts.All(IsByte);
    }

    private static bool IsByte(string text)
        => text.Length > 0 && text.All(char.IsAsciiDigit) && text.TrimStart('0').PadLeft(3, '0') is { Length: 3 } digits && string.CompareOrdinal(digits, "255") <= 0;

    private static string Lower(string text) => new([.. text.Select(c => c is >= 'A' and <= 'Z' ? (char)(c + 32) : c)]);
}

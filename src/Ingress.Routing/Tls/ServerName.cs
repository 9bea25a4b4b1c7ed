using System.Globalization;
using Ingress.Routing.Matching;

namespace Ingress.Routing.Tls;

/// <summary>A server name (SNI) in the same canonical form as a request host (D17, step 1; trap 21).</summary>
internal static class ServerName
{
    private static readonly IdnMapping s_idn = new();

    /// <param name="text">As delivered: .NET hands over Unicode for punycode, keeps case and a trailing dot, and gives an empty string for none (semantics 9.5).</param>
    /// <param name="name">The canonical name.</param>
    /// <returns>False for what counts as no server name: none, an IP literal, or something malformed.</returns>
    public static bool TryRead(string? text, out RequestHost name)
    {
        name = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        if (!System.Text.Ascii.IsValid(text))
        {
            if (!TryGetAscii(text, out var ascii))
            {
                return false;
            }

            text = ascii;
        }

        return RequestHost.TryReadName(text, out name) && name.IsName;
    }

    private static bool TryGetAscii(string text, out string ascii)
    {
        try
        {
            ascii = s_idn.GetAscii(text);
            return true;
        }
        catch (ArgumentException)
        {
            ascii = "";
            return false;
        }
    }
}

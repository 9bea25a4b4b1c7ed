using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ingress.Routing;

/// <summary>Reads a network such as <c>10.0.0.0/8</c> or <c>2001:db8::/32</c>, or a single address.</summary>
/// <remarks>The platform would take <c>10/8</c> for <c>0.0.0.0/8</c>, and <c>010.0.0.0</c> for <c>8.0.0.0</c>; a list of whom to trust, or whom not to limit, must be exact.</remarks>
public static class Cidr
{
    /// <summary>Reads a network or an address.</summary>
    /// <param name="text">The text.</param>
    /// <param name="network">The network; that of a single address has all of its bits.</param>
    /// <returns>False when it is neither, or has bits set behind its length.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static bool TryParse(string text, out IPNetwork network)
    {
        ArgumentNullException.ThrowIfNull(text);

        network = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var addressText = slash < 0 ? text : text[..slash];
        if (!IPAddress.TryParse(addressText, out var address)
            || address is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 }
            || addressText.StartsWith('[')
            || (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != addressText))
        {
            return false;
        }

        var bits = address.GetAddressBytes().Length * 8;
        var length = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > bits))
        {
            return false;
        }

        var parsed = new IPNetwork(Mask(address, length), length);
        if (!parsed.BaseAddress.Equals(address))
        {
            return false;
        }

        network = parsed;
        return true;
    }

    /// <summary>Reads a network or an address.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The network.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FormatException">It is neither.</exception>
    public static IPNetwork Parse(string text)
        => TryParse(text, out var network) ? network : throw new FormatException($"'{text}' is not a network such as '10.0.0.0/8', nor an address.");

    private static IPAddress Mask(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }

        return new IPAddress(bytes);
    }
}

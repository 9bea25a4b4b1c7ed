using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Ingress.Routing.Matching;

namespace Ingress.Routing.Compilation;

/// <summary>An address of an EndpointSlice that requests may be sent to.</summary>
/// <remarks>
/// The API server refuses special addresses in slices, since an author of one could make the gateway reach itself or the
/// metadata service of its machine. Snapshots from elsewhere are held to the same rule.
/// </remarks>
internal static class DestinationAddress
{
    /// <param name="reason">Why the address may not be used, to follow "The address … ".</param>
    public static bool TryParse(
        string text, bool allowLoopback, [NotNullWhen(true)] out IPAddress? address, [NotNullWhen(false)] out string? reason)
    {
        // IPAddress.TryParse alone accepts "1" and "0x7f.1", and reads "010.0.0.1" as 8.0.0.1.
        var isAddress = text.Contains(':') ? !text.AsSpan().ContainsAny("[]%/") : IPv4Syntax.IsAddress(text);
        if (!isAddress
            || !IPAddress.TryParse(text, out address)
            || (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != text))
        {
            address = null;
            reason = "is not an IP address";
            return false;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        reason = SpecialUse(address);
        if (reason is null || (allowLoopback && IPAddress.IsLoopback(address)))
        {
            reason = null;
            return true;
        }

        address = null;
        return false;
    }

    private static string? SpecialUse(IPAddress address)
    {
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return "is the unspecified address";
        }

        if (IPAddress.IsLoopback(address))
        {
            return "is a loopback address";
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv6LinkLocal ? "is link-local" : address.IsIPv6Multicast ? "is a multicast address" : null;
        }

        Span<byte> bytes = stackalloc byte[4];
        address.TryWriteBytes(bytes, out _);
        return bytes switch
        {
            [169, 254, ..] => "is link-local",
            [>= 224 and <= 239, ..] => "is a multicast address",
            _ => null,
        };
    }
}

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Ingress.Routing.Policies;

namespace Ingress.Routing.AspNetCore;

/// <summary>Tells the clients of one rate limit apart, in 16 bytes whatever they send.</summary>
internal static class ClientKey
{
    private const int NetworkLength = 8;

    public static UInt128 Of(IPolicyRequest request, LimitKey key) => key switch
    {
        { IsShared: true } => UInt128.Zero,
        { HeaderName: { } name } => OfText(request.Header(name)),
        _ => OfAddress(request.ClientAddress),
    };

    /// <summary>The client of an address. It has all addresses of an IPv6 network of 64 bits.</summary>
    public static UInt128 OfAddress(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address is null || !address.TryWriteBytes(bytes, out _))
        {
            return UInt128.Zero;
        }

        // What a socket for both families says of IPv4.
        if (address.IsIPv4MappedToIPv6)
        {
            return BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]);
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new UInt128(BinaryPrimitives.ReadUInt64BigEndian(bytes[..NetworkLength]), 1UL << 32)
            : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    // Clients without the header are one client.
    private static UInt128 OfText(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return UInt128.Zero;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}

using System.Buffers;
using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.Gateway.DevCertificates;

/// <summary>Whom a development certificate is for.</summary>
/// <param name="Host">A host, canonical; null for the machine itself.</param>
/// <param name="Address">The address of the machine itself.</param>
internal sealed record DevCertificateName(string? Host, IPAddress? Address)
{
    private const string LocalHost = "localhost";

    // Without '*', or a client that asks for "*.example.test" would get a certificate for more than one name.
    private static readonly SearchValues<char> s_hostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>A host.</summary>
    /// <param name="host">A canonical server name.</param>
    /// <returns>Null when the name cannot be that of a host.</returns>
    public static DevCertificateName? ForHost(string host)
        => host.Length <= 253 && !host.AsSpan().ContainsAnyExcept(s_hostCharacters) && HasShortLabels(host) ? new(host, null) : null;

    /// <summary>The machine itself: an address of it, and <c>localhost</c>.</summary>
    /// <param name="address">The address at which a client has reached it.</param>
    public static DevCertificateName ForMachine(IPAddress address)
        => new(null, new IPAddress(address.IsIPv4MappedToIPv6 ? address.MapToIPv4().GetAddressBytes() : address.GetAddressBytes()));

    /// <summary>Whether a client that sends this server name means the machine itself.</summary>
    /// <param name="serverName">As received. A client of an address sends none, or, against the RFC, the address.</param>
    public static bool IsMachine(string? serverName)
        => string.IsNullOrEmpty(serverName)
            || serverName.Equals(LocalHost, StringComparison.OrdinalIgnoreCase)
            || IPAddress.TryParse(serverName, out _);

    /// <summary>The name as subjectAltName (RFC 5280, 4.2.1.6).</summary>
    // The builder of the framework would check names as IDN once more, and throw: for punycode that means nothing, and for "-a.test".
    public X509Extension ToExtension()
    {
        var names = new AsnWriter(AsnEncodingRules.DER);
        using (names.PushSequence())
        {
            names.WriteCharacterString(UniversalTagNumber.IA5String, Host ?? LocalHost, new Asn1Tag(TagClass.ContextSpecific, 2));
            if (Address is not null)
            {
                names.WriteOctetString(Address.GetAddressBytes(), new Asn1Tag(TagClass.ContextSpecific, 7));
            }
        }

        return new X509SubjectAlternativeNameExtension(names.Encode());
    }

    private static bool HasShortLabels(string host)
    {
        foreach (var label in host.AsSpan().Split('.'))
        {
            var (_, length) = label.GetOffsetAndLength(host.Length);
            if (length is 0 or > 63)
            {
                return false;
            }
        }

        return true;
    }
}

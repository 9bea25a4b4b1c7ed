using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Where to listen, as the command line says it.</summary>
/// <param name="Text">The text, for messages.</param>
/// <param name="EndPoints">The sockets to open: one, or two for <c>localhost</c>.</param>
internal sealed record ListenAddress(string Text, IReadOnlyList<IPEndPoint> EndPoints)
{
    /// <summary>What the help says about the notation.</summary>
    public const string Notation =
        "ADDR is an IPv4 address, an IPv6 address in brackets, 'localhost', or '*' for all addresses; "
        + "':8080' means all addresses, '8080' means 127.0.0.1, port 0 lets the system choose";

    /// <summary>Where <c>run</c> listens when it is told nothing.</summary>
    public static ListenAddress Default { get; } = new("127.0.0.1:8080", [new(IPAddress.Loopback, 8080)]);

    /// <summary>Where <c>run</c> listens with TLS when it only knows that it has certificates.</summary>
    public static ListenAddress DefaultHttps { get; } = new("127.0.0.1:8443", [new(IPAddress.Loopback, 8443)]);

    public static bool TryParse(string text, [NotNullWhen(true)] out ListenAddress? address)
    {
        address = null;
        var colon = text.LastIndexOf(':');
        if (!ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return false;
        }

        var ips = colon < 0 ? [IPAddress.Loopback] : AddressesOf(text[..colon]);
        if (ips.Length == 0)
        {
            return false;
        }

        address = new(text, [.. ips.Select(ip => new IPEndPoint(ip, port))]);
        return true;
    }

    /// <summary>Says what is wrong with a text that <see cref="TryParse"/> refuses.</summary>
    public static string ProblemOf(string text)
    {
        var colon = text.LastIndexOf(':');
        var (host, port) = (colon < 0 ? "" : text[..colon], text[(colon + 1)..]);
        if (text.Contains("://", StringComparison.Ordinal))
        {
            return "It is a URL; an address has neither scheme nor path.";
        }

        if (text.Length > 0 && text.All(char.IsAsciiDigit))
        {
            return $"The port '{text}' is not a number from 0 to 65535.";
        }

        if (IPAddress.TryParse(text, out var whole))
        {
            return whole.AddressFamily == AddressFamily.InterNetworkV6 && text[0] != '['
                ? "An IPv6 address stands in brackets, with the port behind them."
                : "The port is missing.";
        }

        if (ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return $"'{host}' is not an IP address, and host names other than 'localhost' are not looked up.";
        }

        return colon < 0 || port.Length == 0 ? "The port is missing." : $"The port '{port}' is not a number from 0 to 65535.";
    }

    private static IPAddress[] AddressesOf(string host) => host switch
    {
        "" or "*" => [Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any], // Kestrel opens IPv6Any for both families
        "localhost" => HasIPv6Loopback() ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback],
        ['[', .. var inner, ']'] when IPAddress.TryParse(inner, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6 => [ip],

        // TryParse alone also reads '1', '0x7f.1' and '01.2.3.4'; on a command line those are mistakes.
        _ when IPAddress.TryParse(host, out var ip) && ip.AddressFamily == AddressFamily.InterNetwork && ip.ToString() == host => [ip],
        _ => [],
    };

    // Containers often have IPv6 compiled in and no address for it; listening there would end the start.
    private static bool HasIPv6Loopback()
    {
        try
        {
            using var probe = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

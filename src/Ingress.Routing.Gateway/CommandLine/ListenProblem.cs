using System.Net;
using System.Net.Sockets;
using Ingress.Routing.Gateway.Serving;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Says in one line why an address cannot be listened on, and which option asked for it.</summary>
internal static class ListenProblem
{
    /// <summary>Finds an address that was asked for twice; null when there is none.</summary>
    public static string? OfSettings(RunSettings settings) => Asked(settings)
        .Where(static asked => asked.EndPoint.Port != 0)
        .GroupBy(static asked => asked.EndPoint)
        .Where(static group => group.Count() > 1)
        .Select(static group =>
            $"{group.Key} is given more than once ({string.Join(", ", group.Select(static asked => asked.Option).Distinct())}). "
            + "Each listener needs an address of its own.")
        .FirstOrDefault();

    /// <summary>Describes a start that failed.</summary>
    /// <param name="failure">What opening the sockets threw.</param>
    /// <param name="settings">What was to be opened; all that could be has been closed again.</param>
    public static string Of(Exception failure, RunSettings settings)
    {
        foreach (var (option, address, endPoint) in Asked(settings))
        {
            if (ErrorOf(endPoint) is { } error)
            {
                return $"Cannot listen on {Name(address, endPoint)} ({option}): {ReasonOf(error, endPoint)}";
            }
        }

        var all = string.Join(", ", Asked(settings).Select(static asked => asked.Address.Text).Distinct());
        return $"Cannot listen on {all}: {failure.Message.ReplaceLineEndings(" ")}";
    }

    private static IEnumerable<(string Option, ListenAddress Address, IPEndPoint EndPoint)> Asked(RunSettings settings)
        => Of("--http", settings.Http).Concat(Of("--https", settings.Https)).Concat(Of("--admin", settings.Admin));

    private static IEnumerable<(string Option, ListenAddress Address, IPEndPoint EndPoint)> Of(string option, IEnumerable<ListenAddress> addresses)
        => addresses.SelectMany(address => address.EndPoints.Select(endPoint => (option, address, endPoint)));

    private static string Name(ListenAddress address, IPEndPoint endPoint)
        => address.Text == endPoint.ToString() ? address.Text : $"{address.Text} ({endPoint})";

    private static SocketError? ErrorOf(IPEndPoint endPoint)
    {
        try
        {
            using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true; // as Kestrel opens it
            }

            socket.Bind(endPoint);
            socket.Listen();
            return null;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode;
        }
    }

    private static string ReasonOf(SocketError error, IPEndPoint endPoint) => error switch
    {
        SocketError.AddressAlreadyInUse => "another program listens there. End it, or choose another port; port 0 lets the system choose.",
        SocketError.AccessDenied => $"the system does not permit it. Ports below 1024 often need a privilege; choose another port than {endPoint.Port}.",
        SocketError.AddressNotAvailable => "this machine has no such address.",
        SocketError.AddressFamilyNotSupported => "this machine has no IPv6.",
        _ => new SocketException((int)error).Message,
    };
}

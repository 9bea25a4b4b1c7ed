using System.Net;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>The request that a client would make of a URL.</summary>
/// <param name="Url">The URL as written.</param>
/// <param name="Host">The Host header.</param>
/// <param name="Target">The request target.</param>
/// <param name="ServerName">The SNI, empty when the client sends none; null without TLS.</param>
internal sealed record ExplainedRequest(string Url, string Host, string Target, string? ServerName)
{
    /// <summary>Its method and headers.</summary>
    public RouteRequest Sent { get; init; } = RouteRequest.Plain;

    /// <param name="host">Goes before the host of the URL.</param>
    /// <param name="serverName">Goes before the host of an https URL, which is what clients send.</param>
    public static ExplainedRequest Of(string url, string? host, string? serverName)
    {
        var request = RequestUrl.Parse(url);
        var isHttps = url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        return new(url, host ?? request.Host, request.Target, serverName ?? (isHttps ? ServerNameOf(request.Host) : null));
    }

    // Clients leave the port out, and send no server name for an IP address (RFC 6066, 3).
    private static string ServerNameOf(string authority)
    {
        var name = authority.StartsWith('[') ? "" : authority.Split(':')[0];
        return IPAddress.TryParse(name, out _) ? "" : name;
    }
}

using System.Net;

namespace Ingress.Routing.AspNetCore;

/// <summary>A handshake that needs a certificate.</summary>
public sealed class ServerCertificateRequest
{
    /// <summary>
    /// The server name (SNI) as received, punycode in Unicode; null when there is none.
    /// <see cref="IngressRouteTable.FindRoutedName"/> makes it canonical.
    /// </summary>
    public string? ServerName { get; init; }

    /// <summary>The address that the client has connected to, which is all that is known when it sends no server name.</summary>
    public EndPoint? LocalEndPoint { get; init; }

    /// <summary>The table in force.</summary>
    public required IngressRouteTable Table { get; init; }
}

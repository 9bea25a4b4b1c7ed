using System.Net.Security;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>Asks the providers of the application, in the order in which they were registered, where no certificate of the table covers the server name.</summary>
internal sealed class ProvidedCertificates(IServerCertificateProvider[] providers)
{
    /// <param name="handshake">The handshake.</param>
    /// <param name="serverName">The server name; null or empty when there is none.</param>
    /// <param name="table">The table in force.</param>
    /// <param name="chosen">What the table chooses.</param>
    /// <returns>What goes before the choice of the table; null when there is no such thing.</returns>
    public SslStreamCertificateContext? Find(TlsHandshakeCallbackContext handshake, string? serverName, IngressRouteTable table, TlsCertificate? chosen)
    {
        // The default certificate is the only choice that may not cover the name.
        if (providers.Length == 0 || (chosen is not null && chosen.Covers(serverName)))
        {
            return null;
        }

        var request = new ServerCertificateRequest
        {
            ServerName = string.IsNullOrEmpty(serverName) ? null : serverName,
            LocalEndPoint = handshake.Connection.LocalEndPoint,
            Table = table,
        };
        foreach (var provider in providers)
        {
            if (provider.FindCertificate(request) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}

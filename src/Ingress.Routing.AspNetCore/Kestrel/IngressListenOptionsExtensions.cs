using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Serves the certificates of Ingresses.</summary>
public static class IngressListenOptionsExtensions
{
    /// <summary>Uses HTTPS with the certificate that the <c>tls</c> sections of the Ingresses name for the requested server name (D17).</summary>
    /// <param name="listenOptions">The address to configure. Set its protocols first, when they are not the default.</param>
    /// <returns>The same address.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="listenOptions"/> is null.</exception>
    /// <exception cref="InvalidOperationException"><c>AddIngressRouting</c> was not called.</exception>
    /// <remarks>
    /// A certificate is read at its first handshake. A new table is in force from the next handshake on; connections that exist go on.
    /// Without a certificate for the name, the default one included, the handshake is refused with the alert <c>unrecognized_name</c>.
    /// </remarks>
    public static ListenOptions UseIngressHttps(this ListenOptions listenOptions)
    {
        ArgumentNullException.ThrowIfNull(listenOptions);

        throw new NotSupportedException();
    }
}

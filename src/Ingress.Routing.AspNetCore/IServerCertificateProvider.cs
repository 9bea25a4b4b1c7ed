using System.Net.Security;
using Microsoft.AspNetCore.Hosting;

namespace Ingress.Routing.AspNetCore;

/// <summary>Stands in where the Ingresses bring no certificate for a server name. Register it as a singleton service.</summary>
/// <remarks>
/// <see cref="IngressListenOptionsExtensions.UseIngressHttps"/> asks it during the handshake when the certificate that D17 chooses does not
/// cover the server name, or there is none: before the default certificate is presented, and before the handshake is refused. A certificate
/// that covers the name always goes first. Of several providers, the one registered first that has an answer decides. Has to be thread-safe: many handshakes go on at the same time.
/// </remarks>
public interface IServerCertificateProvider
{
    /// <summary>Finds what to answer a handshake with.</summary>
    /// <param name="request">What is known of the handshake.</param>
    /// <returns>The certificate; null to go on as if there were no provider.</returns>
    /// <remarks>
    /// Called for each such handshake, and must not block: keep contexts, and return the same instance for the same name, since what is derived
    /// from an instance is kept with it. Create them <c>offline</c>, or addresses in the certificate are asked over the network. An exception
    /// ends the connection.
    /// </remarks>
    SslStreamCertificateContext? FindCertificate(ServerCertificateRequest request);
}

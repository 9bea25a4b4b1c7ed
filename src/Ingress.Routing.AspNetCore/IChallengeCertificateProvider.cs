using System.Net.Security;
using Microsoft.AspNetCore.Hosting;

namespace Ingress.Routing.AspNetCore;

/// <summary>Answers the handshakes by which a CA finds out who runs a host (<c>tls-alpn-01</c>, RFC 8737). Register it as a singleton service.</summary>
/// <remarks>
/// <see cref="IngressListenOptionsExtensions.UseIngressHttps"/> asks it for handshakes that offer <c>acme-tls/1</c> and nothing else. Such a connection
/// ends with its handshake; no request is read from it. Has to be thread-safe and must not block.
/// </remarks>
public interface IChallengeCertificateProvider
{
    /// <summary>Whether any challenge waits. As long as it is false, no ClientHello is looked at for it.</summary>
    bool HasChallenges { get; }

    /// <summary>Finds the certificate that answers the challenge for a name.</summary>
    /// <param name="serverName">The server name, in lower case and without a final dot.</param>
    /// <returns>The certificate; null when no challenge waits for the name, and the handshake goes on as any other.</returns>
    SslStreamCertificateContext? FindCertificate(string serverName);
}

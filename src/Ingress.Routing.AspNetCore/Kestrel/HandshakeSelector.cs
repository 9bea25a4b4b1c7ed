using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>Chooses what a TLS handshake is answered with, from the table in force.</summary>
internal sealed partial class HandshakeSelector(
    IngressRouter router,
    HttpProtocols protocols,
    TimeProvider time,
    ILogger<HandshakeSelector> logger,
    IEnumerable<IServerCertificateProvider> providers)
{
    // A fatal alert in a record of its own: 21 = alert, TLS 1.2 as the record version, 2 bytes; 2 = fatal, 112 = unrecognized_name (RFC 6066, 3).
    private static readonly byte[] s_unrecognizedName = [21, 3, 3, 0, 2, 2, 112];

    private readonly TlsContextCache _contexts = new(ApplicationProtocols(protocols));
    private readonly ProvidedCertificates _provided = new([.. providers]);

    /// <exception cref="AuthenticationException">No certificate applies. Kestrel notes that at the level Debug and closes the connection.</exception>
    // Not async: all but the first handshake of a name find everything ready made.
    public ValueTask<SslServerAuthenticationOptions> SelectAsync(TlsHandshakeCallbackContext context)
    {
        // Kestrel hands over a punycode name in Unicode, and a missing one as the empty string (trap 22); the table knows both.
        var table = router.Current;
        var serverName = context.Connection.Features.Get<SpreadClientHello>() is { } spread ? spread.ServerName : context.ClientHelloInfo.ServerName;
        var handshake = table.BeginHandshake(serverName, context.Connection.Features.Get<OfferedKeyKinds>()?.Kinds);
        var provided = _provided.Find(context, serverName, table, handshake.Certificate);
        if (provided is null && handshake.Certificate is null)
        {
            return RefuseAsync(context);
        }

        var connection = new TlsConnection(handshake, time);
        context.Connection.Features.Set<IIngressTlsFeature>(connection);
        return new(ContextOf(provided, handshake.Certificate, handshake.Policy).OptionsFor(connection, isQuic: context.SslStream is null));
    }

    private static async ValueTask<SslServerAuthenticationOptions> RefuseAsync(TlsHandshakeCallbackContext context)
    {
        // SslStream says nothing to a client that it refuses at this point, and a bare end of the stream looks like a broken network.
        // Over QUIC there is no stream, and the platform sends the alert.
        if (context.SslStream is not null)
        {
            await context.Connection.Transport.Output.WriteAsync(s_unrecognizedName, context.CancellationToken);
        }

        throw new AuthenticationException("There is no certificate for the requested server name, and no default certificate.");
    }

    private TlsContext ContextOf(SslStreamCertificateContext? provided, TlsCertificate? certificate, TlsPolicy policy)
    {
        try
        {
            return provided is not null ? _contexts.Get(provided, policy) : _contexts.Get(certificate!, policy);
        }
        catch (Exception failure) when (failure is CryptographicException or PlatformNotSupportedException)
        {
            Log.ContextFailed(logger, certificate?.Secret.Name, failure);
            throw new AuthenticationException("The certificate or the TLS policy cannot be used on this platform.", failure);
        }
    }

    private static List<SslApplicationProtocol> ApplicationProtocols(HttpProtocols protocols)
    {
        var applicationProtocols = new List<SslApplicationProtocol>();
        if (protocols.HasFlag(HttpProtocols.Http2))
        {
            applicationProtocols.Add(SslApplicationProtocol.Http2);
        }

        if (protocols.HasFlag(HttpProtocols.Http1))
        {
            applicationProtocols.Add(SslApplicationProtocol.Http11);
        }

        return applicationProtocols;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A handshake cannot be answered with the certificate of Secret '{Secret}'.", EventName = "ContextFailed")]
        public static partial void ContextFailed(ILogger logger, NamespacedName? secret, Exception failure);
    }
}

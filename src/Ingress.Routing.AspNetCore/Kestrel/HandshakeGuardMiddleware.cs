using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>Treats what is no beginning of a handshake as the failed handshake that it is.</summary>
/// <remarks>
/// When the first record is an alert, the platform does not ask for a certificate, and then complains that it has none. Kestrel takes that for
/// a fault of the server, and writes an error with its stack for every such client.
/// </remarks>
internal sealed partial class HandshakeGuardMiddleware(ConnectionDelegate next, ILogger<HandshakeGuardMiddleware> logger)
{
    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        try
        {
            await next(connection);
        }
        catch (NotSupportedException) when (connection.Features.Get<IIngressTlsFeature>() is null)
        {
            // Counted where Kestrel counts other failed handshakes.
            connection.Features.Get<IConnectionMetricsTagsFeature>()?.Tags.Add(new("error.type", "tls_handshake_failed"));
            Log.NoHandshake(logger, connection.ConnectionId);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Connection {Connection} did not begin with a TLS handshake.", EventName = "NoHandshake")]
        public static partial void NoHandshake(ILogger logger, string connection);
    }
}

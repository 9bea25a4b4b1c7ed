using System.Buffers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>Makes the handshakes of a CA that checks who runs a host (RFC 8737), and ends the connection after them.</summary>
/// <remarks>Here and not in the listener, so that nothing can be asked for over such a connection.</remarks>
internal sealed class ChallengeHandshakeMiddleware(ConnectionDelegate next, IChallengeCertificateProvider provider)
{
    // Twice that of a handshake as a whole; a client that says nothing is held by no other clock here.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    private static readonly SslApplicationProtocol s_protocol = new("acme-tls/1");

    public Task OnConnectionAsync(ConnectionContext connection) => provider.HasChallenges ? LookAsync(connection) : next(connection);

    private async Task LookAsync(ConnectionContext connection)
    {
        ChallengeHello? hello;
        try
        {
            hello = await ConnectionStart.PeekAsync<ChallengeHello>(connection, ClientHelloReader.ReadChallenge, s_timeout, s_timeout);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            // The client is gone or said nothing for too long, or the server stops; Kestrel closes the connection.
            return;
        }

        if (hello is { ServerName: { } name } && provider.FindCertificate(name.ToLowerInvariant().TrimEnd('.')) is { } certificate)
        {
            await AnswerAsync(connection, certificate);
        }
        else
        {
            await next(connection);
        }
    }

    private static async Task AnswerAsync(ConnectionContext connection, SslStreamCertificateContext certificate)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        timeout.CancelAfter(s_timeout);
        await using var stream = new SslStream(new TransportStream(connection.Transport));
        try
        {
            await stream.AuthenticateAsServerAsync(
                new()
                {
                    ServerCertificateContext = certificate,
                    ApplicationProtocols = [s_protocol],
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13, // RFC 8737, 3
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    AllowTlsResume = false,
                },
                timeout.Token);

            // A CA closes its side when it has seen the certificate. Its last bytes are read, or the system would reset the connection, and
            // perhaps take what was sent along.
            var scratch = ArrayPool<byte>.Shared.Rent(256);
            try
            {
                await stream.ShutdownAsync();
                while (await stream.ReadAsync(scratch, timeout.Token) > 0)
                {
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(scratch);
            }
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // Whoever it was does not want to know, or is gone.
        }
    }
}

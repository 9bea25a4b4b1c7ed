using Microsoft.AspNetCore.Connections;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>Finds out with which kinds of keys a client can be served, as long as there is a name with certificates of both kinds.</summary>
internal sealed class ClientHelloMiddleware(ConnectionDelegate next, IngressRouter router)
{
    // That of a handshake as a whole, which is yet to come.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    public Task OnConnectionAsync(ConnectionContext connection)
        => router.Current.HasSeveralKeyKinds ? ReadAsync(connection) : next(connection);

    private async Task ReadAsync(ConnectionContext connection)
    {
        try
        {
            if (await ConnectionStart.PeekAsync<CertificateKeyKinds>(connection, ClientHelloReader.Read, s_timeout, s_timeout) is { } offered)
            {
                connection.Features.Set(new OfferedKeyKinds(offered));
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            // The client is gone or said nothing for too long, or the server stops; Kestrel closes the connection.
            return;
        }

        await next(connection);
    }
}

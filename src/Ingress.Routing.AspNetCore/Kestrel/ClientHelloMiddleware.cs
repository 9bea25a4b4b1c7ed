using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Ingress.Routing.AspNetCore.Kestrel;

/// <summary>
/// Puts a ClientHello together that is spread over several records, and finds out with which kinds of keys a client can be served, as long as
/// there is a name with certificates of both kinds.
/// </summary>
internal sealed class ClientHelloMiddleware(ConnectionDelegate next, IngressRouter router)
{
    // That of a handshake as a whole, which is yet to come.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    public async Task OnConnectionAsync(ConnectionContext connection)
    {
        var records = new ClientHelloRecords();
        var isSpread = false;
        try
        {
            isSpread = await ConnectionStart.PeekAsync<bool>(connection, records.Read, s_timeout, s_timeout) ?? false;
            if (isSpread)
            {
                connection.Features.Set(new SpreadClientHello(ClientHelloReader.ServerNameOf(records.Body)));
                connection.Features.Set(new OfferedKeyKinds(ClientHelloReader.KindsOf(records.Body)));
            }
            else if (router.Current.HasSeveralKeyKinds
                && await ConnectionStart.PeekAsync<CertificateKeyKinds>(connection, ClientHelloReader.Read, s_timeout, s_timeout) is { } offered)
            {
                connection.Features.Set(new OfferedKeyKinds(offered));
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            // The client is gone or said nothing for too long, or the server stops; Kestrel closes the connection.
            return;
        }

        await (isSpread ? ContinueAsync(connection, records) : next(connection));
    }

    private async Task ContinueAsync(ConnectionContext connection, ClientHelloRecords records)
    {
        var transport = connection.Transport;
        var received = await transport.Input.ReadAsync();
        transport.Input.AdvanceTo(received.Buffer.GetPosition(records.Length));

        connection.Transport = new PrefixedTransport(records.ToFewRecords(), transport);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    }

    /// <summary>A transport whose client seems to have sent something else first.</summary>
    private sealed class PrefixedTransport(byte[] prefix, IDuplexPipe transport) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(
            new PrefixedStream(prefix, transport.Input.AsStream(leaveOpen: true)), new StreamPipeReaderOptions(leaveOpen: true));

        public PipeWriter Output => transport.Output;
    }
}

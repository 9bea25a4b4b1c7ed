using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>Opens connections with TLS on them that names the backend as a policy says.</summary>
/// <remarks>HttpClient takes them for plain ones, and the requests for plain <c>http</c>: it would put the <c>Host</c> of the request into its own.</remarks>
internal sealed class TlsConnector(BackendTls policy, Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect)
{
    private static readonly UriCreationOptions s_asIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Where a request goes, in the words of HttpClient.</summary>
    public static Uri PlainTarget(Uri target)
        => target.Scheme == Uri.UriSchemeHttps ? new(string.Concat("http", target.OriginalString.AsSpan("https".Length)), s_asIs) : target;

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var stream = connect is null ? await ConnectPlainlyAsync(context.DnsEndPoint, cancellationToken) : await connect(context, cancellationToken);
        var tls = new SslStream(stream);
        try
        {
            var request = context.InitialRequestMessage;
            var isHttp2 = request.Version.Major == 2 && request.VersionPolicy == HttpVersionPolicy.RequestVersionExact;
            var options = new SslClientAuthenticationOptions
            {
                ApplicationProtocols = [isHttp2 ? SslApplicationProtocol.Http2 : SslApplicationProtocol.Http11],
            };
            BackendTlsOptions.Apply(policy, options);
            await tls.AuthenticateAsClientAsync(options, cancellationToken);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    private static async ValueTask<Stream> ConnectPlainlyAsync(DnsEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

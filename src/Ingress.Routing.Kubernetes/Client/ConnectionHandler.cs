using System.Net;
using System.Net.Sockets;
using Ingress.Routing.Kubernetes.Configuration;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Kubernetes.Client;

/// <summary>Makes the connections to the API server (K7, K20).</summary>
internal static class ConnectionHandler
{
    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_keepAlive = TimeSpan.FromSeconds(30);

    /// <summary>Creates a handler with a pool of its own.</summary>
    public static SocketsHttpHandler Create(ClusterConnection connection, Credentials credentials, ILogger logger)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = s_connectTimeout,
            KeepAlivePingDelay = s_keepAlive,
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
            EnableMultipleHttp2Connections = true,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10), // new requests then see new certificates, and other API servers behind a balancer
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxResponseHeadersLength = 64,
            ActivityHeadersPropagator = null,
        };
        if (connection.Proxy is { } proxy)
        {
            handler.Proxy = ProxyOf(proxy);
        }
        else if (IsProxied(connection.Server))
        {
            // Left to HTTPS_PROXY and NO_PROXY, as kubectl does.
        }
        else
        {
            handler.UseProxy = false;
            handler.ConnectCallback = (context, cancellationToken) => ConnectAsync(connection.Server, cancellationToken);
        }

        var options = handler.SslOptions = new();
        if (connection.SkipsVerification)
        {
#pragma warning disable CA5359 // The kubeconfig says insecure-skip-tls-verify.
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (connection.Authorities is { } authorities)
        {
            var judge = new ServerAuthorities(authorities, logger);
            options.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => judge.IsTrusted(certificate, chain, errors);
        }

        options.LocalCertificateSelectionCallback = (_, _, _, _, _) => credentials.Certificate!;
        return handler;
    }

    /// <summary>Opens a connection to the server itself, whatever name the request has for it.</summary>
    public static async ValueTask<Stream> ConnectAsync(Uri server, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)s_keepAlive.TotalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
            EndPoint endPoint = IPAddress.TryParse(server.IdnHost.Trim('[', ']'), out var address)
                ? new IPEndPoint(address, server.Port)
                : new DnsEndPoint(server.IdnHost, server.Port);
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsProxied(Uri server)
        => HttpClient.DefaultProxy is { } proxy && !proxy.IsBypassed(server) && proxy.GetProxy(server) is { } through && through != server;

    private static WebProxy ProxyOf(Uri proxy)
    {
        var result = new WebProxy(proxy);
        if (proxy.UserInfo.Split(':', 2) is [{ Length: > 0 } user, ..] parts)
        {
            result.Credentials = new NetworkCredential(Uri.UnescapeDataString(user), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
        }

        return result;
    }
}

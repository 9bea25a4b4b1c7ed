using System.Net;
using Ingress.Routing.AspNetCore.Kestrel;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Listens without TLS for both versions of HTTP.</summary>
public static class IngressWebHostBuilderExtensions
{
    /// <summary>Listens on one address for HTTP/1.1 and for HTTP/2 with prior knowledge, as gRPC clients speak it without TLS.</summary>
    /// <param name="builder">The web host, which must use Kestrel.</param>
    /// <param name="endPoint">The address; port 0 lets the system choose one.</param>
    /// <param name="configure">Configures the address further, for instance with connection logging.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="endPoint"/> is null.</exception>
    /// <remarks>
    /// <para>
    /// Kestrel by itself only speaks HTTP/1.1 on such an address: without TLS there is no negotiation. Here the first bytes decide. A connection
    /// that begins with the preface of HTTP/2 is handed to a second endpoint of the same server, in memory and with nothing copied.
    /// </para>
    /// <para>
    /// The second endpoint is visible: the addresses of the server list it, after the real one, and Kestrel's own connection metrics count
    /// a connection over HTTP/2 once for each of the two.
    /// </para>
    /// <para>
    /// A proxy in front may send <c>:scheme: https</c> over such a connection. It is let in, and <c>Request.Scheme</c> still says what the connection
    /// is; <c>X-Forwarded-Proto</c> of a trusted proxy can change that.
    /// </para>
    /// </remarks>
    public static IWebHostBuilder ListenIngressHttp(this IWebHostBuilder builder, EndPoint endPoint, Action<ListenOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(endPoint);

        builder.ConfigureServices(static services =>
        {
            // Kestrel adds its sockets only as long as there is no other transport, so they must not come after this one.
            services.TryAddSingleton<IConnectionListenerFactory, SocketTransportFactory>();
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IConnectionListenerFactory, HandOverListenerFactory>());
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, ConnectionScheme>());
        });

        return builder.ConfigureKestrel(kestrel =>
        {
            kestrel.AllowAlternateSchemes = true;
            var handOver = new HandOverEndPoint();
            kestrel.Listen(endPoint, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                configure?.Invoke(listen);
                listen.Use(next => new Http2PrefaceMiddleware(next, handOver, kestrel.Limits).OnConnectionAsync);
            });
            kestrel.Listen(handOver, static listen => listen.Protocols = HttpProtocols.Http2);
        });
    }
}

using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

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
    public static IWebHostBuilder ListenIngressHttp(this IWebHostBuilder builder, EndPoint endPoint, Action<ListenOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(endPoint);

        return builder.ConfigureKestrel(kestrel => kestrel.Listen(endPoint, listen => configure?.Invoke(listen)));
    }
}

using System.Net.Quic;
using Ingress.Routing;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.AspNetCore.Kestrel;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Serves the certificates of Ingresses.</summary>
public static partial class IngressListenOptionsExtensions
{
    /// <summary>Uses HTTPS with the certificate that the <c>tls</c> sections of the Ingresses name for the requested server name (D17).</summary>
    /// <param name="listenOptions">The address to configure. Set its protocols first, when they are not the default.</param>
    /// <returns>The same address.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="listenOptions"/> is null.</exception>
    /// <exception cref="InvalidOperationException"><c>AddIngressRouting</c> was not called.</exception>
    /// <remarks>
    /// A certificate is read at its first handshake. A new table is in force from the next handshake on; connections that exist go on.
    /// Without a certificate for the name, the default one included, the handshake is refused with the alert <c>unrecognized_name</c>.
    /// HTTP/3 is served when the protocols of the address include it, <c>UseQuic</c> was called and the platform has QUIC; where it has none,
    /// a warning says so, and the other protocols are served.
    /// An <see cref="IServerCertificateProvider"/> among the services is asked first where no certificate covers the name;
    /// of several, the one registered first that has an answer decides.
    /// </remarks>
    public static ListenOptions UseIngressHttps(this ListenOptions listenOptions)
    {
        ArgumentNullException.ThrowIfNull(listenOptions);

        var services = listenOptions.ApplicationServices;
        var router = services.GetService<IngressRouter>() ?? throw new InvalidOperationException(
            "The services that 'UseIngressHttps' needs are missing. Call 'services.AddIngressRouting()' at startup.");

        if (listenOptions.Protocols.HasFlag(HttpProtocols.Http3) && !IsQuicSupported)
        {
            Log.NoHttp3(services.GetRequiredService<ILoggerFactory>().CreateLogger<HandshakeSelector>());
        }

        listenOptions.Use(next => ActivatorUtilities.CreateInstance<HandshakeGuardMiddleware>(services, next).OnConnectionAsync);

        // Before TLS begins. It leaves the bytes where they are, but for a hello in several records, which it puts together.
        listenOptions.Use(next => new ClientHelloMiddleware(next, router).OnConnectionAsync);
        if (services.GetService<IChallengeCertificateProvider>() is { } challenges)
        {
            listenOptions.Use(next => new ChallengeHandshakeMiddleware(next, challenges).OnConnectionAsync);
        }

        // Static, with the selector as state: a handshake allocates no closure, and finds its options ready made.
        return listenOptions.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = static context => ((HandshakeSelector)context.State!).SelectAsync(context),
            OnConnectionState = ActivatorUtilities.CreateInstance<HandshakeSelector>(services, listenOptions.Protocols),
        });
    }

    private static bool IsQuicSupported
        => (OperatingSystem.IsLinux() || OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()) && QuicListener.IsSupported;

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Warning, "HTTP/3 was asked for, and this platform has no QUIC: Linux needs libmsquic, Windows 11 or Server 2022. It is not served.", EventName = "NoHttp3")]
        public static partial void NoHttp3(ILogger logger);
    }
}

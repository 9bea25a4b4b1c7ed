using System.Text;
using Ingress.Routing.Forwarding.Backends;
using Ingress.Routing.Forwarding.Limits;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Ingress.Routing.Forwarding;

/// <summary>Makes the one client for everything that goes over the network, and those of policies. YARP itself makes one for each cluster.</summary>
/// <param name="options">The options.</param>
/// <param name="connections">The bound on connections; null where the server has none.</param>
/// <param name="settings">What policies ask for.</param>
/// <param name="wrap">Puts something in front of the client; null puts nothing there.</param>
internal sealed class NetworkClientFactory(
    IngressForwardingOptions options,
    BackendConnections? connections,
    ClientSettings settings,
    Func<HttpMessageHandler, HttpMessageHandler>? wrap = null)
    : ForwarderHttpClientFactory
{
    // In kilobytes, where HttpClient takes 64 by itself. What a route takes is for its policy to say.
    private const int LargestResponseHeaders = 1024;

    public HttpMessageInvoker Create() => CreateClient(new ForwarderHttpClientContext { NewConfig = HttpClientConfig.Empty });

    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = settings.ConnectTimeout ?? options.ConnectTimeout;
        handler.MaxConnectionsPerServer = options.MaxConnectionsPerDestination ?? int.MaxValue;
        if (settings.KeepsNothing)
        {
            handler.PooledConnectionLifetime = TimeSpan.Zero;
        }

        if (settings.TakesLargeHeaders)
        {
#pragma warning disable CA2262 // It is meant in kilobytes.
            handler.MaxResponseHeadersLength = LargestResponseHeaders;
#pragma warning restore CA2262
        }

        // Values are bytes on both sides (HeaderBytes).
        handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1;
        handler.ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1;
        handler.PlaintextStreamFilter = static (connection, _) => ValueTask.FromResult(
            connection.NegotiatedHttpVersion.Major == 1 ? new PatientStream(connection.PlaintextStream) : connection.PlaintextStream);
        if (handler.ActivityHeadersPropagator is { } propagator)
        {
            handler.ActivityHeadersPropagator = new UntracedPropagator(propagator);
        }

        if (connections is not null)
        {
            handler.ConnectCallback = connections.ConnectAsync;
        }

        options.ConfigureHandler?.Invoke(handler);
        if (settings.Tls is { } tls && BackendTlsOptions.NamesItself(tls))
        {
            handler.ConnectCallback = new TlsConnector(tls, handler.ConnectCallback).ConnectAsync;
        }
        else if (settings.Tls is not null)
        {
            BackendTlsOptions.Apply(settings.Tls, handler.SslOptions);
        }
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler)
    {
        var screened = new ResponseScreen(new FlushingHandler(base.WrapHandler(context, handler)));
        return wrap?.Invoke(screened) ?? screened;
    }
}

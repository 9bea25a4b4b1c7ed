using System.Text;
using Ingress.Routing.Forwarding.Limits;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Ingress.Routing.Forwarding;

/// <summary>Makes the one client for everything that goes over the network. YARP itself makes one for each cluster.</summary>
internal sealed class NetworkClientFactory(IngressForwardingOptions options, BackendConnections? connections) : ForwarderHttpClientFactory
{
    // People ask for up to 128 for the cookies of sign-in services. A policy can ask for less.
    private const int MaxResponseHeadersKib = 128;

    public HttpMessageInvoker Create() => CreateClient(new ForwarderHttpClientContext { NewConfig = HttpClientConfig.Empty });

    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        handler.ConnectTimeout = options.ConnectTimeout;
        handler.MaxResponseHeadersLength = MaxResponseHeadersKib;
        handler.MaxConnectionsPerServer = options.MaxConnectionsPerDestination ?? int.MaxValue;

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
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler)
        => new ResponseScreen(new FlushingHandler(base.WrapHandler(context, handler)));
}

using Ingress.Routing.Policies;

namespace Ingress.Routing.Forwarding.Backends;

/// <summary>A client for connections with settings of their own. What may still send by it keeps it alive.</summary>
internal sealed class NetworkClient(HttpMessageInvoker invoker, bool speaksTlsItself)
{
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (speaksTlsItself && request.RequestUri!.Scheme == Uri.UriSchemeHttps)
        {
            RefuseHttp2WebSocket(request);
            request.RequestUri = TlsConnector.PlainTarget(request.RequestUri);
        }

        return invoker.SendAsync(request, cancellationToken);
    }

    // YARP tries HTTP/2 first where TLS could negotiate it, and asks again with HTTP/1.1 when it is told so in HttpClient's way.
    private static void RefuseHttp2WebSocket(HttpRequestMessage request)
    {
        if (request.Headers.Protocol is not null && request.Options.TryGetValue(BackendCall.Key, out var call)
            && call.Plan.Protocol?.Kind is not BackendProtocolKind.Grpcs)
        {
            throw new HttpRequestException(HttpRequestError.VersionNegotiationError, "This connection is for HTTP/1.1.") { Data = { ["HTTP2_ENABLED"] = false } };
        }
    }
}

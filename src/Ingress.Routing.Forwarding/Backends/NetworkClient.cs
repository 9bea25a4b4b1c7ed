namespace Ingress.Routing.Forwarding.Backends;

/// <summary>A client for connections with settings of their own. What may still send by it keeps it alive.</summary>
internal sealed class NetworkClient(HttpMessageInvoker invoker, bool speaksTlsItself)
{
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (speaksTlsItself && request.RequestUri!.Scheme == Uri.UriSchemeHttps)
        {
            request.RequestUri = TlsConnector.PlainTarget(request.RequestUri);
        }

        return invoker.SendAsync(request, cancellationToken);
    }
}

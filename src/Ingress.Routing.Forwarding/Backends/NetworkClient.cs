namespace Ingress.Routing.Forwarding.Backends;

/// <summary>A client for connections with settings of their own. Whoever may still send keeps it alive.</summary>
internal sealed class NetworkClient(HttpMessageInvoker invoker)
{
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => invoker.SendAsync(request, cancellationToken);
}

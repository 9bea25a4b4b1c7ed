using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Is told of each request of the Ingresses when it has been answered: for an access log, or a bill.</summary>
/// <remarks>
/// Registered as a singleton service. Called in the request, once, on the thread that ends it; it must be quick, must not wait, and must be
/// thread-safe. What it throws is logged and goes no further.
/// </remarks>
public interface IIngressRequestObserver
{
    /// <summary>Takes note of a request.</summary>
    /// <param name="context">The request. It is over: its body can no longer be read, nor its response written.</param>
    /// <param name="record">What there is to tell about it; not to be kept.</param>
    void OnCompleted(HttpContext context, IngressRequestRecord record);
}

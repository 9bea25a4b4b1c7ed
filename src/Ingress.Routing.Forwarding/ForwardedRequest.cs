using Ingress.Routing.AspNetCore;
using Ingress.Routing.Forwarding.Limits;
using Ingress.Routing.Forwarding.Observability;

namespace Ingress.Routing.Forwarding;

/// <summary>A request while it is being forwarded.</summary>
/// <remarks>
/// One feature that is changed, and not several that come and go: each of those costs a search through all that the server has, and after each that is
/// set the server looks for the usual ones again.
/// </remarks>
internal sealed class ForwardedRequest(IIngressMatchFeature match)
{
    /// <summary>The match of the request.</summary>
    public IIngressMatchFeature Match { get; } = match;

    /// <summary>The address that it is being sent to; another one when it goes on to another endpoint.</summary>
    public BackendAddress? Address { get; set; }

    /// <summary>What is noted for those who listen; null while nobody does.</summary>
    public UpstreamObservation? Observation { get; set; }
}

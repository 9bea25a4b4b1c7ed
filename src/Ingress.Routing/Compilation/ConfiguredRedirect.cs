using Ingress.Routing.Policies;

namespace Ingress.Routing.Compilation;

/// <summary>What code says about redirects to https, as it concerns routes (D19). Immutable.</summary>
/// <param name="isAskedForSomeHost">Whether code redirects any host by name, so that routes for several hosts have to look at the host of the request.</param>
internal sealed class ConfiguredRedirect(bool isAskedForSomeHost, RouteTableOptions options)
{
    private readonly HttpsRedirect _asked = new() { Port = options.HttpsPort };
    private readonly HttpsRedirect _notAsked = new() { IsAsked = false, Port = options.HttpsPort };
    private readonly bool _isDefault = options.Tls.RedirectToHttps == true;

    /// <summary>Completes the policies that an Ingress asks for.</summary>
    /// <param name="requested">What it asks for.</param>
    /// <param name="host">The policies of the one host of the route; null when it is for several.</param>
    /// <param name="required">What its routes require of clients: certificates, or none at all for a challenge; null for nothing.</param>
    /// <param name="isSolver">Whether it is there for ACME challenges: what is said about all hosts does not redirect those (semantics 12.8).</param>
    public RoutePolicies AddTo(RoutePolicies requested, HostPolicies? host, RoutePolicy? required, bool isSolver = false)
    {
        var asked = requested.Find<HttpsRedirect>();
        var redirect = For(asked ?? (isSolver ? _notAsked : null), host);
        return redirect == asked && required is null
            ? requested
            : RoutePolicies.Of([.. requested.All.Where(static policy => policy is not HttpsRedirect), .. new RoutePolicy?[] { redirect, required }.OfType<RoutePolicy>()]);
    }

    /// <summary>The redirect of a route; null when it never takes effect.</summary>
    /// <param name="requested">What its Ingress asks for; null when that is nothing.</param>
    /// <param name="host">The policies of the one host of the route; null when it is for several.</param>
    private HttpsRedirect? For(HttpsRedirect? requested, HostPolicies? host)
    {
        var redirect = requested ?? (_isDefault ? _asked : null);
        var takesEffect = host is null ? redirect is { IsAsked: true } || isAskedForSomeHost : (redirect ?? _notAsked).Redirects(host);
        return takesEffect ? redirect ?? _notAsked : null;
    }
}

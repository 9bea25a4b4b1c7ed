using Ingress.Routing.Matching;
using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>Holds a request to the TLS policy of its host, on whatever connection it came (D18, D25).</summary>
internal readonly ref struct TlsJudge(TlsPolicyDirectory policies, ObjectSet<IngressResource> ingresses, RouteTableOptions options)
{
    /// <param name="policy">The policy of the host of the request.</param>
    public TlsVerdict Judge((string? Host, string Target, bool IsHttps) request, IngressRoute? route, TlsPolicy policy, TlsHandshake? handshake)
    {
        if (handshake is not null && (!policy.Admits(handshake.Policy) || (options.RequireMatchingServerName && !IsFor(request, handshake))))
        {
            return TlsVerdict.Misdirected;
        }

        var ingress = route is { Source.IsConfigured: false } ? ingresses.Find(route.Source.Name) : null;
        var wish = ingress is null ? null : policies.WishOf(ingress);
        if (!request.IsHttps && route is not null && Redirects(policy, wish))
        {
            return TlsVerdict.RedirectToHttps;
        }

        return (handshake is null && policy.ClientCertificates == ClientCertificateMode.Require)
            || (ingress is not null && policies.Denies(route!, ingress, policy, handshake is not null))
            ? TlsVerdict.CertificateRequired
            : TlsVerdict.Serve;
    }

    // Its own Ingress decides for a route, so that another one of the host, such as that of an ACME solver, stays on plain http.
    private bool Redirects(TlsPolicy policy, TlsPolicy? wish)
        => policy.IsOfConfiguredHost ? policy.RedirectToHttps : wish?.RedirectToHttps ?? options.Tls.RedirectToHttps ?? false;

    private static bool IsFor((string? Host, string Target, bool IsHttps) request, TlsHandshake handshake)
    {
        var host = RouteMatcher.HostOf(request.Host, request.Target);
        return host.IsName
            ? host.Text.Equals(handshake.ServerName, StringComparison.OrdinalIgnoreCase)
            : handshake.ServerName is null;
    }
}

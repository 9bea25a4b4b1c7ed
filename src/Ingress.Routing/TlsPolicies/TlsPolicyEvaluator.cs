using Ingress.Routing.Matching;
using Ingress.Routing.Policies;

namespace Ingress.Routing;

/// <summary>Holds requests to the policies of their host, on whatever connection they came (D18, D25).</summary>
public static class TlsPolicyEvaluator
{
    /// <summary>Works out whether a request may be served on its connection.</summary>
    /// <param name="match">How the request was matched; not a malformed one.</param>
    /// <param name="request">What is known of the request and its connection.</param>
    /// <remarks>Depends on nothing but its arguments, and allocates nothing.</remarks>
    public static TlsVerdict Evaluate(in IngressMatch match, in TlsRequest request)
    {
        var host = match.HostPolicies;
        if (request.Handshake is { } handshake
            && (!host.Tls.Admits(handshake.Policy) || (host.RequireMatchingServerName && !IsFor(request, handshake))))
        {
            return TlsVerdict.Misdirected;
        }

        var policies = match.Route?.Policies;
        if ((request.Handshake is null && host.Tls.ClientCertificates == ClientCertificateMode.Require)
            || policies?.Find<RequiredClientCertificate>()?.IsMetBy(host.Tls, request.Handshake is not null) == false)
        {
            if (request is { IsHttps: false, Handshake: null } && policies?.Find<AcmeChallenge>() is not null)
            {
                return TlsVerdict.Serve;
            }

            // What answers before the redirect elsewhere is not for clients without a certificate.
            return !request.IsHttps && policies?.Find<HttpsRedirect>()?.Redirects(host) == true
                ? TlsVerdict.RedirectToHttps
                : TlsVerdict.CertificateRequired;
        }

        return host.Tls.RefusesByAnswer ? EvaluateClient(host.Tls, request) : TlsVerdict.Serve;
    }

    private static TlsVerdict EvaluateClient(TlsPolicy policy, in TlsRequest request)
    {
        if (policy.ClientTrust is not { Problem: null } trust)
        {
            return TlsVerdict.CertificateRequired; // there is no certificate with which anything could be opened
        }

        var client = request.ClientCertificate ?? ClientCertificateVerification.None;
        var isRefused = policy.ClientCertificates switch
        {
            ClientCertificateMode.Require => client.Outcome != ClientCertificateOutcome.Verified,
            ClientCertificateMode.Optional => client.Outcome == ClientCertificateOutcome.Failed,
            _ => false,
        };
        return isRefused ? TlsVerdict.CertificateRefused
            : trust.AdmitsSubject(client.Subject) ? TlsVerdict.Serve
            : TlsVerdict.CertificateRequired;
    }

    private static bool IsFor(in TlsRequest request, TlsHandshake handshake)
    {
        var host = RouteMatcher.HostOf(request.Host, request.Target);
        return host.IsName
            ? host.Text.Equals(handshake.ServerName, StringComparison.OrdinalIgnoreCase)
            : handshake.ServerName is null;
    }
}

using Microsoft.AspNetCore.Http;

namespace Ingress.Routing.AspNetCore;

/// <summary>Holds each request to the TLS policy of its host.</summary>
internal sealed class TlsPolicyEnforcer(TimeProvider time)
{
    /// <summary>Evaluates a request that is well-formed.</summary>
    public TlsVerdict Evaluate(HttpContext context, string target, in IngressMatch match)
    {
        // What the connection says, and not the scheme: behind UseForwardedHeaders that is whatever a proxy claims.
        var tls = context.GetIngressTls();
        var verdict = TlsPolicyEvaluator.Evaluate(match, new(context.Request.Headers.Host, target, context.Request.IsHttps, tls?.Handshake));
        return verdict == TlsVerdict.Serve && tls is not null && HasExpired(tls.ClientCertificate)
            ? TlsVerdict.Misdirected // since the handshake, and a new connection will find that out
            : verdict;
    }

    private bool HasExpired(ClientCertificateVerification client)
        => client is { Outcome: ClientCertificateOutcome.Verified } && client.NotAfter < time.GetUtcNow();
}

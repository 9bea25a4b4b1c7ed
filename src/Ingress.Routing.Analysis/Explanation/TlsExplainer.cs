using Ingress.Routing.Policies;

namespace Ingress.Routing.Explanation;

/// <summary>Puts the TLS policy of a request into words.</summary>
internal static class TlsExplainer
{
    /// <param name="serverName">The SNI of the connection; null for plain http.</param>
    /// <param name="match">How the request was matched.</param>
    public static TlsExplanation Explain(IngressRouteTable table, (string? Host, string Target) request, in IngressMatch match, string? serverName)
    {
        var handshake = serverName is null ? null : table.BeginHandshake(serverName);
        var verdict = TlsPolicyEvaluator.Evaluate(match, new(request.Host, request.Target, handshake is not null, handshake));
        var policies = match.HostPolicies;
        return new()
        {
            Policies = policies,
            RedirectsToHttps = match.Route?.Policies.Find<HttpsRedirect>()?.Redirects(policies) == true,
            HandshakePolicy = handshake?.Policy,
            Verdict = verdict,
            Message = $"{Describe(policies)}. {MessageOf(verdict, policies.Tls, handshake, match.Route)}",
        };
    }

    /// <summary>The status that a request gets because of it; null when it is served.</summary>
    public static int? StatusCodeOf(TlsExplanation tls, IngressRoute? route) => tls.Verdict switch
    {
        TlsVerdict.Misdirected => 421,
        TlsVerdict.CertificateRequired => 403,
        TlsVerdict.CertificateRefused => tls.Policies.ClientCertificateErrorPage is null ? 400 : 302,
        TlsVerdict.RedirectToHttps => route?.Policies.Find<HttpsRedirect>()?.Status ?? 301, // to GET, which is what a URL is asked for with
        _ => null,
    };

    private static string Describe(HostPolicies policies)
    {
        var who = policies switch
        {
            { Source: { } source } => $"that of Ingress '{source}'",
            { IsOfConfiguredHost: true } => "configured for the host",
            _ => "that of all hosts without one of their own",
        };
        return $"The TLS policy is {who}: {policies.Tls}";
    }

    private static string MessageOf(TlsVerdict verdict, TlsPolicy policy, TlsHandshake? handshake, IngressRoute? route) => verdict switch
    {
        TlsVerdict.Misdirected =>
            $"The connection began for {Quote(handshake!.ServerName)} under another one ({handshake.Policy}), so the request is misdirected.",
        TlsVerdict.RedirectToHttps => "Only clients with a verified certificate are served, so plain http is redirected to https, as was asked for.",
        TlsVerdict.CertificateRefused => "Only clients with a certificate that can be verified are served; others are answered, and not refused in the handshake.",
        TlsVerdict.CertificateRequired when policy is { RefusesByAnswer: true, ClientTrust.Problem: { } problem } =>
            $"No client is let in: the Secret with the authorities {problem}.",
        TlsVerdict.CertificateRequired when policy.RefusesByAnswer && handshake is not null =>
            "Only clients with a certificate of another subject are let in.",
        TlsVerdict.CertificateRequired when policy.ClientCertificates == ClientCertificateMode.Require =>
            "Only clients with a verified certificate are served, and plain http has none.",
        TlsVerdict.CertificateRequired =>
            $"Ingress '{route?.Source.Name}' or one beside it asks for client certificates, and does not decide for this host, so it is not served here.",
        _ => "The request is served.",
    };

    private static string Quote(string? serverName) => serverName is null ? "no server name" : $"'{serverName}'";
}

using Ingress.Routing.Policies;

namespace Ingress.Routing.Tests.Shared;

/// <summary>Asks a table about TLS policies, as a server does.</summary>
internal static class TlsPolicies
{
    /// <summary>The policies of a host, as a match finds them.</summary>
    public static HostPolicies PoliciesOf(this IngressRouteTable table, string? host) => table.Match(host, "/").HostPolicies;

    /// <summary>What becomes of a request: of the policy of its host, and of the redirect to https of its route.</summary>
    public static TlsVerdict EvaluateTls(this IngressRouteTable table, string? host, string target, bool isHttps, TlsHandshake? handshake = null)
    {
        var match = table.Match(host, target);
        var verdict = TlsPolicyEvaluator.Evaluate(match, new(host, target, isHttps, handshake));
        var request = new PolicyRequest(match, "any.test") { Scheme = isHttps ? "https" : "http" };
        return verdict == TlsVerdict.Serve && match.Route?.Policies.Find<HttpsRedirect>()?.Evaluate(request).IsAnswer == true
            ? TlsVerdict.RedirectToHttps
            : verdict;
    }
}

using Ingress.Routing.Explanation;

namespace Ingress.Routing.Gateway.Output;

/// <summary>What the TLS policy of the host says to a request, as <c>explain --format json</c> shows it.</summary>
/// <param name="Ingress">Whose annotations decide; null when none do.</param>
internal sealed record ExplainedTlsJson(
    string Verdict, string? Ingress, string ClientCertificates, string MinimumVersion, bool RedirectToHttps, string Message)
{
    public static ExplainedTlsJson From(TlsExplanation tls) => new(
        JsonName.Of(tls.Verdict),
        tls.Policies.Source?.ToString(),
        JsonName.Of(tls.Policies.Tls.ClientCertificates),
        tls.Policies.Tls.MinimumVersion == TlsVersion.Tls13 ? "1.3" : "1.2",
        tls.RedirectsToHttps,
        tls.Message);
}

using Ingress.Routing.Explanation;

namespace Ingress.Routing.Gateway.Output;

/// <summary>What the TLS policy of the host says to a request, as <c>explain --format json</c> shows it.</summary>
/// <param name="Ingress">Whose annotations decide; null when none do.</param>
internal sealed record ExplainedTlsJson(
    string Verdict, string? Ingress, string ClientCertificates, string MinimumVersion, bool RedirectToHttps, string Message)
{
    public static ExplainedTlsJson From(TlsExplanation tls) => new(
        JsonName.Of(tls.Verdict),
        tls.Policy.Source?.ToString(),
        JsonName.Of(tls.Policy.ClientCertificates),
        tls.Policy.MinimumVersion == TlsVersion.Tls13 ? "1.3" : "1.2",
        tls.Policy.RedirectToHttps,
        tls.Message);
}

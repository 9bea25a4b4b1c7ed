using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>The diagnostics of a table, seen by the gateway that serves it.</summary>
internal static class ServedDiagnostics
{
    /// <summary>Those about missing endpoints and Secrets where nothing stands in, and all others: each is worth a line.</summary>
    public static List<IngressDiagnostic> Open(IEnumerable<IngressDiagnostic> diagnostics)
        => [.. diagnostics.Where(static diagnostic => diagnostic.StandIn is null)];

    /// <summary>One line for each id of those where something stands in: how many there are.</summary>
    public static IEnumerable<string> Summarize(IEnumerable<IngressDiagnostic> diagnostics) => diagnostics
        .Where(static diagnostic => diagnostic.StandIn is not null)
        .CountBy(static diagnostic => (diagnostic.Id, IsByAcme: diagnostic.StandIn == ServiceAnswers.ByAcme))
        .OrderBy(static pair => pair.Key)
        .Select(static pair => $"info {pair.Key.Id}: {Summarize(pair.Key.Id, pair.Value, pair.Key.IsByAcme ? "certificates by ACME" : "development certificates")}");

    private static string Summarize(string id, int count, string certificates) => id switch
    {
        IngressDiagnosticIds.DefaultCertificateUnusable => $"no default certificate, answered by {certificates}",
        IngressDiagnosticIds.SecretNotFound or IngressDiagnosticIds.SecretUnusable
            => $"{PrintableText.Count(count, "TLS entry", "TLS entries")} without a certificate, answered by {certificates}",
        _ => $"{PrintableText.Count(count, "backend")} without ready endpoints, answered as shown above",
    };
}

using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Gateway.DevCertificates;

/// <summary>Corrects what is said about missing certificates: without a cluster the Secrets are missing, and nobody has to care.</summary>
internal static class DevCertificateDiagnostics
{
    private const string StandsIn = "A development certificate answers for hosts that are routed and that no other certificate covers.";

    /// <summary>Corrects one diagnostic.</summary>
    /// <returns>Null when it is about something else.</returns>
    public static IngressDiagnostic? Correct(IngressDiagnostic diagnostic)
        => IsAboutSecrets(diagnostic.Id)
            ? diagnostic with { Severity = IngressDiagnosticSeverity.Info, Message = $"{FirstSentence(diagnostic.Message)} {StandsIn}" }
            : null;

    /// <summary>Says in one line how many there are.</summary>
    /// <returns>Null when they are about something else.</returns>
    public static string? Summarize(string id, int count) => !IsAboutSecrets(id) ? null
        : id == IngressDiagnosticIds.DefaultCertificateUnusable ? $"info {id}: no default certificate, answered by development certificates"
        : $"info {id}: {PrintableText.Count(count, "TLS entry", "TLS entries")} without a certificate, answered by development certificates";

    private static bool IsAboutSecrets(string id)
        => id is IngressDiagnosticIds.SecretNotFound or IngressDiagnosticIds.SecretUnusable or IngressDiagnosticIds.DefaultCertificateUnusable;

    // What is wrong; the second sentence says what happens, and that is different here.
    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? message : message[..(end + 1)];
    }
}

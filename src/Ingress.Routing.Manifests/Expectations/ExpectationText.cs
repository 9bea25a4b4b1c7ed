using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Expectations;

/// <summary>Reads the short texts in which tests name things: as the commands print them.</summary>
internal static class ExpectationText
{
    public static bool IsMethod(string text) => HttpToken.IsToken(text);

    /// <summary>Reads <c>namespace/name:port</c>; namespace and port may be left out.</summary>
    public static ServiceText? ParseService(string text)
    {
        if (text.Contains(':'))
        {
            return ServiceReference.TryParse(text, null, out var service) ? new(service.Name, service.Port) : null;
        }

        return NamespacedName.TryParse(text, null, out var name) ? new(name, null) : null;
    }

    /// <summary>Reads <c>namespace/secret</c>, or the word for a refused handshake.</summary>
    public static CertificateText? ParseCertificate(string text)
        => text == ExpectationBinder.Refused ? new(null) : NamespacedName.TryParse(text, null, out var name) ? new(name) : null;

    internal sealed record ServiceText(NamespacedName Name, ServiceBackendPort? Port);

    /// <param name="Secret">Null when the handshake is to be refused.</param>
    internal sealed record CertificateText(NamespacedName? Secret);
}

using System.Buffers;
using System.Globalization;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Expectations;

/// <summary>Reads the short texts in which tests name things: as the commands print them.</summary>
internal static class ExpectationText
{
    private static readonly SearchValues<char> s_name = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    private static readonly SearchValues<char> s_token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool IsMethod(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(s_token);

    /// <summary>Reads <c>namespace/name:port</c>; namespace and port may be left out.</summary>
    public static ServiceText? ParseService(string text)
    {
        var colon = text.LastIndexOf(':');
        var port = colon < 0 ? null : ParsePort(text[(colon + 1)..]);
        return (colon < 0 || port is not null) && ParseName(colon < 0 ? text : text[..colon]) is { } name ? new(name, port) : null;
    }

    /// <summary>Reads <c>namespace/secret</c>, or the word for a refused handshake.</summary>
    public static CertificateText? ParseCertificate(string text)
        => text == ExpectationBinder.Refused ? new(null) : ParseName(text) is { } name ? new(name) : null;

    private static NamespacedName? ParseName(string text)
    {
        var slash = text.IndexOf('/');
        var name = new NamespacedName(slash < 0 ? null : text[..slash], text[(slash + 1)..]);
        return IsName(name.Name) && (slash < 0 || IsName(text[..slash])) ? name : null;
    }

    private static ServiceBackendPort? ParsePort(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number is >= 1 and <= 65535 ? new() { Number = number } : null;
        }

        return IsName(text) ? new() { Name = text } : null;
    }

    private static bool IsName(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(s_name);

    internal sealed record ServiceText(NamespacedName Name, ServiceBackendPort? Port);

    /// <param name="Secret">Null when the handshake is to be refused.</param>
    internal sealed record CertificateText(NamespacedName? Secret);
}

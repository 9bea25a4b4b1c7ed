using System.Diagnostics.CodeAnalysis;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>One <c>--backend NS/NAME:PORT=URL</c>: where the requests for a Service port go instead of its endpoints.</summary>
internal sealed record BackendAddress(ServiceReference Service, Uri Address)
{
    public static bool TryParse(string text, [NotNullWhen(true)] out BackendAddress? backend)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        backend = equals > 0
            && ReferenceParser.TryParse(text[..equals], out var service)
            && Uri.TryCreate(text[(equals + 1)..], UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && address is { Host.Length: > 0, Query: "", Fragment: "", UserInfo: "" }
                ? new BackendAddress(service, address)
                : null;
        return backend is not null;
    }

    /// <summary>Says what is wrong with a text that <see cref="TryParse"/> refuses.</summary>
    public static string ProblemOf(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            return "There is no '=' between Service port and URL.";
        }

        if (!ReferenceParser.TryParse(text[..equals], out _))
        {
            return $"In '{text[..equals]}': {ReferenceParser.ProblemOf(text[..equals])}";
        }

        var url = text[(equals + 1)..];
        return url.Length == 0 ? "The URL behind '=' is missing."
            : !url.Contains("://", StringComparison.Ordinal) ? $"'{url}' does not begin with http:// or https://; did you mean 'http://{url}'?"
            : !Uri.TryCreate(url, UriKind.Absolute, out var address) ? $"'{url}' is no URL."
            : address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps ? $"The scheme '{address.Scheme}' is neither http nor https."
            : address.UserInfo.Length > 0 ? "The URL has a user name; it may have none."
            : "The URL has a query or a fragment; it may have neither.";
    }
}

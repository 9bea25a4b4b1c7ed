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
}

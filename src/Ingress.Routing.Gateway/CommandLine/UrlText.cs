namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Takes a URL apart as text.</summary>
internal static class UrlText
{
    /// <summary>Splits a URL into what a client would send as Host and as request target.</summary>
    /// <returns>The authority, possibly empty, and the rest, which starts with <c>/</c>.</returns>
    public static (string Host, string Target) Split(string url)
    {
        var parts = RequestUrl.Parse(url);
        return (parts.Host, parts.Target);
    }
}

namespace Ingress.Routing.Policies;

/// <summary>Where clients are sent that an external service does not know: with 302, and with the way back as a parameter.</summary>
/// <param name="Url">The URL.</param>
/// <param name="Parameter">The parameter that holds the way back, unless the URL has it.</param>
public sealed record SignIn(PolicyUrl Url, string Parameter)
{
    /// <summary>Whether a text can be the name of the parameter.</summary>
    internal static bool IsParameter(string text) => text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>The <c>Location</c> for one request; null when there is none.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public string? LocationFor(IPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Url.For(request) is not { } url)
        {
            return null;
        }

        var written = Url.Text.AsSpan();
        var query = written.IndexOf('?') is >= 0 and var mark ? written[(mark + 1)..] : default;
        if (!query.IsEmpty && QueryText.TryFind(query, Parameter, out var value) && !value.IsEmpty)
        {
            return url;
        }

        // The scheme and the host stay readable, as ingress-nginx leaves them.
        var host = request.Header("Host") is { Length: > 0 } header ? header : request.Host;
        var target = PolicyVariables.Find("escaped_target")!(request);
        return $"{url}{(query.IsEmpty ? '?' : '&')}{Parameter}={request.Scheme}://{host}{target}";
    }
}

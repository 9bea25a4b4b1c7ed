using System.Diagnostics.CodeAnalysis;

namespace Ingress.Routing.Policies;

/// <summary>An absolute URL of http or https as a template: what a request brings along can be in its path and query, and never leads to another host.</summary>
/// <remarks>The host is constant, or <c>${host}</c> with an optional constant port. Immutable; compared by its text.</remarks>
public sealed class PolicyUrl : IEquatable<PolicyUrl>
{
    private const string HostVariable = "${host}";
    private const string HeaderVariable = "${header:Host}";

    private readonly string _scheme;
    private readonly string _authority;
    private readonly PolicyTemplate _rest;

    private PolicyUrl(string text, string scheme, string authority, PolicyTemplate rest)
    {
        Text = text;
        _scheme = scheme;
        _authority = authority;
        _rest = rest;
    }

    /// <summary>The URL as written.</summary>
    public string Text { get; }

    /// <summary>Whether the host is that of the request.</summary>
    public bool IsOfRequestHost => _authority.Contains('$', StringComparison.Ordinal);

    /// <summary>Whether the port is that which the client wrote.</summary>
    public bool HasPortOfRequest => _authority == HeaderVariable;

    /// <summary>Reads a URL.</summary>
    /// <param name="text">The URL, with variables as in <see cref="PolicyTemplate"/>.</param>
    /// <param name="url">The URL; null when the text is none.</param>
    /// <param name="problem">What is wrong with it, as the end of a sentence that begins with "it"; empty when nothing is.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static bool TryParse(string text, [NotNullWhen(true)] out PolicyUrl? url, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        url = null;
        var scheme = text.StartsWith("https://", StringComparison.Ordinal) ? "https" : text.StartsWith("http://", StringComparison.Ordinal) ? "http" : null;
        if (scheme is null || text.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            problem = "is no URL that begins with 'http://' or 'https://'";
            return false;
        }

        var begin = scheme.Length + "://".Length;
        var end = text.AsSpan(begin).IndexOfAny('/', '?', '#') is >= 0 and var length ? begin + length : text.Length;
        var authority = text[begin..end];
        if (!IsAuthority(authority, scheme))
        {
            problem = "needs a host that is constant, or that of the request";
            return false;
        }

        if (!PolicyTemplate.TryParse(text[end..], null, out var rest, out problem))
        {
            problem = "cannot be understood: " + problem;
            return false;
        }

        url = new(text, scheme, authority, rest!);
        return true;
    }

    /// <summary>The URL for one request.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The URL; null when what the request brings along would lead to another path, or there is no host.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public string? For(IPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var authority = _authority
            .Replace(HostVariable, request.Host, StringComparison.Ordinal)
            .Replace(HeaderVariable, request.Header("Host") is { Length: > 0 } written ? written : request.Host, StringComparison.Ordinal);
        var rest = _rest.ExpandTarget(request, null);
        var path = rest.AsSpan();
        path = path.IndexOfAny('?', '#') is >= 0 and var end ? path[..end] : path;
        return authority.Length == 0 || authority[0] == ':' || (!_rest.IsConstant && DotElements.AreIn(path)) || rest.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? null
            : $"{_scheme}://{authority}{(rest.Length == 0 || rest[0] is '?' or '#' ? "/" : "")}{rest}";
    }

    /// <inheritdoc />
    public bool Equals(PolicyUrl? other) => other is not null && Text == other.Text;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as PolicyUrl);

    /// <inheritdoc />
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the text.</summary>
    public override string ToString() => Text;

    private static bool IsAuthority(string authority, string scheme)
    {
        var sample = authority.StartsWith(HostVariable, StringComparison.Ordinal) ? "h" + authority[HostVariable.Length..]
            : authority == HeaderVariable ? "h"
            : authority;
        return sample.Length > 0
            && !sample.AsSpan().ContainsAny("$@\\")
            && sample[0] != ':'
            && Uri.TryCreate($"{scheme}://{sample}/", UriKind.Absolute, out var uri)
            && uri.Host.Length > 0;
    }
}

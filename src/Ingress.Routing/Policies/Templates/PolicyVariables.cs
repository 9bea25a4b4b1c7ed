namespace Ingress.Routing.Policies;

/// <summary>The variables that templates may name: a closed set, so that no text of an annotation can reach anything else.</summary>
internal static class PolicyVariables
{
    /// <summary>The variable that stands for the query, with its <c>?</c>.</summary>
    public const string Query = "query";

    /// <summary>The variable that stands for the query, without its <c>?</c>.</summary>
    public const string Arguments = "args";

    private static readonly Dictionary<string, Func<IPolicyRequest, string>> s_all = new(StringComparer.Ordinal)
    {
        [Arguments] = static request => request.Query is { IsEmpty: false } query ? query[1..].ToString() : "",
        ["client_address"] = static request => request.ClientAddress?.ToString() ?? "",
        ["escaped_target"] = static request => EscapeComponent($"{request.Path}{request.Query}"),
        ["host"] = static request => request.Host,
        ["is_args"] = static request => request.Query.Length > 1 ? "?" : "",
        ["method"] = static request => request.Method,
        ["path"] = static request => request.Path.ToString(),
        ["port"] = static request => request.Scheme == Uri.UriSchemeHttps ? "443" : "80",
        [Query] = static request => request.Query.ToString(),
        ["request_id"] = static request => request.Id,
        ["scheme"] = static request => request.Scheme,
    };

    // By what stands before the colon.
    private static readonly Dictionary<string, Func<string, Func<IPolicyRequest, string>>> s_named = new(StringComparer.Ordinal)
    {
        ["cookie"] = static name => request => CookieText.TryFind(request.Header(CookieText.Header), name, out var value) ? value.ToString() : "",
        ["header"] = static name => request => request.Header(name) ?? (name.Equals("Host", StringComparison.OrdinalIgnoreCase) ? request.Host : ""),
        ["query"] = static name => request => QueryText.TryFind(request.Query.Span, name, out var value) ? value.ToString() : "",
    };

    // As browsers and nginx escape a component.
    private static string EscapeComponent(string text) => Uri.EscapeDataString(text)
        .Replace("%21", "!", StringComparison.Ordinal)
        .Replace("%27", "'", StringComparison.Ordinal)
        .Replace("%28", "(", StringComparison.Ordinal)
        .Replace("%29", ")", StringComparison.Ordinal)
        .Replace("%2A", "*", StringComparison.Ordinal);

    /// <summary>Their names, by name.</summary>
    public static IEnumerable<string> Names => s_all.Keys.Concat(s_named.Keys.Select(static kind => kind + ":NAME")).Order(StringComparer.Ordinal);

    /// <summary>The variable of a name; null when there is none.</summary>
    public static Func<IPolicyRequest, string>? Find(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return s_all.GetValueOrDefault(name);
        }

        var of = name.AsSpan(colon + 1).ToString();
        return HttpToken.IsToken(of) ? s_named.GetValueOrDefault(name.AsSpan(0, colon).ToString())?.Invoke(of) : null;
    }
}

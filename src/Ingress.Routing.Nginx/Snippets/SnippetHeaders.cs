using System.Collections.Frozen;
using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx.Snippets;

/// <summary>Makes changes of headers of the directives about them.</summary>
/// <param name="ingress">The Ingress of the snippet.</param>
/// <param name="texts">Knows the variables that the snippet sets.</param>
internal sealed class SnippetHeaders(NamespacedName ingress, SnippetTexts texts)
{
    // What delimits messages and connections.
    private static readonly FrozenSet<string> s_framing = FrozenSet.ToFrozenSet(
        ["Connection", "Content-Length", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade"], StringComparer.OrdinalIgnoreCase);

    // What a backend gets without being told. ingress-nginx sends it too, so people repeat it.
    private static readonly FrozenSet<string> s_sentAnyway = FrozenSet.ToFrozenSet(
        [
            "Host $host", "Host $http_host", "Host $best_http_host", "X-Real-IP $remote_addr", "X-Real-IP $the_real_ip",
            "X-Forwarded-For $proxy_add_x_forwarded_for", "X-Forwarded-For $remote_addr", "X-Forwarded-For $the_real_ip",
            "X-Forwarded-Proto $scheme", "X-Forwarded-Proto $pass_access_scheme", "X-Forwarded-Host $host", "X-Forwarded-Host $http_host",
            "X-Forwarded-Host $best_http_host", "X-Forwarded-Port $server_port", "X-Forwarded-Port $pass_port", "X-Request-ID $req_id",
            "X-Request-ID $request_id", "Upgrade $http_upgrade", "Connection upgrade", "Connection $connection_upgrade",
        ],
        StringComparer.OrdinalIgnoreCase);

    private readonly List<HeaderEdit> _hidden = [];

    /// <summary>What backends get.</summary>
    public List<HeaderEdit> Request { get; } = [];

    /// <summary>What clients get, what is hidden of the backend first.</summary>
    public IEnumerable<HeaderEdit> Response => _hidden.Concat(ResponseAfter);

    private List<HeaderEdit> ResponseAfter { get; } = [];

    /// <summary>Takes a directive.</summary>
    /// <returns>What is wrong, as a sentence without its full stop; null when nothing is.</returns>
    public string? Add(SnippetDirective directive) => (directive.Name, directive.Arguments) switch
    {
        ("add_header", [var name, var value]) => AddResponse(HeaderEditKind.Add, name, value, onlyOnSuccess: true),
        ("add_header", [var name, var value, "always"]) => AddResponse(HeaderEditKind.Add, name, value, onlyOnSuccess: false),
        ("proxy_hide_header", [var name]) => Hide(name),
        ("proxy_set_header", [var name, var value]) => AddRequest(name, value),
        ("more_set_headers", [not ['-', ..], ..]) => First(directive.Arguments, SetResponse),
        ("more_clear_headers", [not ['-', ..], ..]) => First(directive.Arguments, name => AddResponse(HeaderEditKind.Remove, name, null, onlyOnSuccess: false)),
        ("more_set_input_headers", [not ['-', ..], ..]) => First(directive.Arguments, SetRequest),
        ("more_clear_input_headers", [not ['-', ..], ..]) => First(directive.Arguments, name => AddRequest(name, "")),
        (['m', ..], [['-', ..], ..]) => "Its options are not known here",
        _ => "It is not written as nginx takes it",
    };

    private static string? First(IEnumerable<string> arguments, Func<string, string?> add) => arguments.Select(add).FirstOrDefault(static problem => problem is not null);

    private string? Hide(string name)
    {
        _hidden.Add(new(HeaderEditKind.Remove, name, null));
        return HttpToken.IsToken(name) && !s_framing.Contains(name) ? null : $"'{name}' is no header that can be hidden";
    }

    private string? SetResponse(string text)
    {
        var (name, value) = Split(text);
        return AddResponse(value.Length > 0 ? HeaderEditKind.Set : HeaderEditKind.Remove, name, value, onlyOnSuccess: false);
    }

    private string? SetRequest(string text)
    {
        var (name, value) = Split(text);
        return AddRequest(name, value);
    }

    private string? AddResponse(HeaderEditKind kind, string name, string? value, bool onlyOnSuccess)
    {
        if (!HttpToken.IsToken(name) || s_framing.Contains(name))
        {
            return $"'{name}' is no header that can be changed";
        }

        if (kind == HeaderEditKind.Remove || value!.Length == 0)
        {
            if (kind == HeaderEditKind.Remove)
            {
                ResponseAfter.Add(new(kind, name, null));
            }

            return null;
        }

        if (!TryRead(value, out var template, out var problem))
        {
            return problem;
        }

        ResponseAfter.Add(new(kind, name, template) { OnlyOnSuccess = onlyOnSuccess });
        return null;
    }

    private string? AddRequest(string name, string value)
    {
        if (s_sentAnyway.Contains($"{name} {value}"))
        {
            return null;
        }

        if (!HeaderEditsBuilder.MayChange(name))
        {
            return $"'{name}' is no header that can be changed on its way to a backend";
        }

        if (value.Length == 0)
        {
            Request.Add(new(HeaderEditKind.Remove, name, null));
            return null;
        }

        if (!TryRead(value, out var template, out var problem))
        {
            return problem;
        }

        Request.Add(new(HeaderEditKind.Set, name, template));
        return null;
    }

    private bool TryRead(string value, out PolicyTemplate? template, out string problem)
    {
        template = null;
        problem = "";
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            problem = "Its value holds characters that no header can hold";
        }
        else if (texts.UsesVariable(value))
        {
            problem = "Its value holds a variable that the snippet sets, and that differs from request to request";
        }
        else if (!NginxTemplate.TryRead(texts.WithConstants(value), ingress, null, out template, out var end))
        {
            problem = char.ToUpperInvariant(end[0]) + end[1..];
        }

        return template is not null;
    }

    private static (string Name, string Value) Split(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (text.Trim(), "") : (text[..colon].Trim(), text[(colon + 1)..].Trim());
    }
}
